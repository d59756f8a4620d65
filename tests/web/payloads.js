// Names of a user's that might end a text, a comment, a file's format, or the order of reading.
export const PAYLOADS = [
  `"`,
  `'`,
  `"'`,
  `"""`,
  `'''`,
  "\\",
  '\\\\"',
  "a\nimport os",
  "${x}",
  "{x}",
  "</script>",
  "\u202Eevil",
  "\u2028",
  "#",
  "%s",
];
