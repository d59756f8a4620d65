// @ts-check
/**
 * What a page names: `<script type="module" src="…/element.js">`. Brings the scripts of one language: that which the address
 * asks for (`element.js?lang=de`), that of the first element, or that of the page.
 */
const asked = new URL(import.meta.url).searchParams.get("lang");
const first = document.querySelector("train-yard[lang]")?.getAttribute("lang");
const wanted = [asked, first, document.documentElement.lang].map((name) => name?.split("-")[0] ?? "");
const languages = globalThis.TRAINYARD_LANGUAGES;
const language = wanted.find((name) => languages.includes(name)) ?? languages[0];
const folder = language === languages[0] ? "" : `${language}/`;

export const { TrainYard } = await import(
  new URL(`./${globalThis.TRAINYARD_BUILD}/element/${folder}define.js`, import.meta.url).href
);
