// Packages that only recipes need, by name, from the folder that has them.
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const home = new URL("./node_modules/", import.meta.url);

export const get = (name) => import(name);

/** A file of a package, as text. */
export const fileOf = (name) => fs.readFileSync(new URL(name, home), "utf8");

export const folderOf = (name) => fileURLToPath(new URL(name, home));
