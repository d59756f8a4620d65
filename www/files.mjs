// Files of the build, as its scripts name them.
import fs from "node:fs";
import path from "node:path";

/** All below a folder; of a file, itself. */
export function filesUnder(folder) {
  if (!fs.statSync(folder).isDirectory()) return [folder];
  return fs.readdirSync(folder).flatMap((name) => filesUnder(path.join(folder, name)));
}

export const slashes = (file) => file.split(path.sep).join("/");
