// @ts-check
/** How a report looks: light on paper, and as the reader's system has it on a screen. Contrast is that of the page's own colors. */
export const SHEET = `
:root{color-scheme:light dark;--page:#f4f6f8;--surface:#fff;--ink:#1a2129;--muted:#5a6673;--line:#d5dce3;--accent:#0b7a58}
@media screen and (prefers-color-scheme:dark){:root{--page:#12161b;--surface:#1a2027;--ink:#e8edf2;--muted:#9aa7b4;--line:#37424d;--accent:#3fcf9b}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:52rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{margin:0 0 .25rem;font-size:1.75rem;line-height:1.2;overflow-wrap:anywhere}
h2{margin:0 0 .75rem;font-size:1.125rem}
section{margin-top:1.25rem;padding:1.25rem;border:1px solid var(--line);border-radius:.75rem;background:var(--surface)}
section>:last-child{margin-bottom:0}
p,dl,.table,figure{margin:0 0 .75rem}
.about{color:var(--muted);overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem}
dt{color:var(--muted);overflow-wrap:anywhere}
dd{margin:0;overflow-wrap:anywhere}
ul{margin:0 0 .75rem;padding-left:1.25rem}
li{overflow-wrap:anywhere}
.table{overflow-x:auto}
.table:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;min-width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th:first-child,td:first-child{text-align:left}
th{font-weight:600}
tbody th{min-width:7rem;font-weight:400;overflow-wrap:break-word}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--muted);font:12px system-ui,sans-serif}
svg path{fill:none;stroke-width:2;stroke-linejoin:round}
svg .grid{stroke:var(--line);stroke-width:1}
.training{stroke:var(--muted);stroke-dasharray:5 3}
.validation{stroke:var(--ink);stroke-dasharray:2 3}
.test{stroke:var(--accent)}
.key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 0;padding:0;list-style:none;font-size:.875rem}
.key svg{display:inline-block;width:2rem;height:.75rem;margin-right:.375rem;vertical-align:middle}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:.8125rem/1.45 ui-monospace,monospace}
code{font-family:ui-monospace,monospace;font-size:.875em;overflow-wrap:anywhere}
@media (max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media print{:root{color-scheme:light}@page{margin:18mm 15mm}
body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}
section{border:0;border-top:1px solid var(--line);border-radius:0;padding:.75rem 0 0}
h2{break-after:avoid}figure,tr,.fact{break-inside:avoid}thead{display:table-header-group}.table{overflow:visible}}
`;
