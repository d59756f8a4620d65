#!/usr/bin/env node
// `npx trainyard-files FOLDER`: copies what <train-yard> loads to where your site serves it.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [folder] = process.argv.slice(2);
if (!folder || folder.startsWith("-")) {
  console.error("trainyard-files: say where to, for example: npx trainyard-files public/trainyard");
  process.exit(1);
}
fs.cpSync(fileURLToPath(new URL("./files", import.meta.url)), path.resolve(folder), { recursive: true });
console.log(`The files of <train-yard> are in ${path.resolve(folder)}`);
