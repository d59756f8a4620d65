// @ts-check
/** Files by the folder that they are in: a folder is a class. */

/** @typedef {{folder: string, file: File}} Found   folder: "" where it is in none */

/** Of a field that takes a whole folder. @param {Iterable<File>} files @returns {Found[]} */
export const ofField = (files) =>
  Array.from(files, (file) => ({ folder: file.webkitRelativePath.split("/").at(-2) ?? "", file })).filter(isSeen);

/** Files that are in none. @param {File[]} files @returns {Found[]} */
export const ofFiles = (files) => files.map((file) => ({ folder: "", file }));

/** Files that systems put into folders of their own accord are nobody's. */
const isSeen = (/** @type {Found} */ { file }) => !/^(\.|Thumbs\.db$|desktop\.ini$)/.test(file.name);

/** What was dropped, folders with all that is in them. @param {DataTransfer} transfer @returns {Promise<Found[]>} */
export async function ofDrop(transfer) {
  // All at once: the browser forgets them after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null);
  const found = entries.length
    ? (await Promise.all(entries.map((entry) => under(/** @type {FileSystemEntry} */ (entry), "")))).flat()
    : ofFiles([...transfer.files]);
  return found.filter(isSeen);
}

/** @param {FileSystemEntry} entry @param {string} folder @returns {Promise<Found[]>} */
async function under(entry, folder) {
  if (entry.isFile) {
    const { promise, resolve, reject } = later();
    /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject);
    return [{ folder, file: /** @type {File} */ (await promise) }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const all = [];
  // It gives a hundred at a time, and none at the end.
  for (;;) {
    const { promise, resolve, reject } = later();
    reader.readEntries(resolve, reject);
    const some = /** @type {FileSystemEntry[]} */ (await promise);
    if (!some.length) break;
    all.push(...some);
  }
  return (await Promise.all(all.map((one) => under(one, entry.name)))).flat();
}

function later() {
  /** @type {(value: unknown) => void} */
  let resolve = () => {};
  /** @type {(why: unknown) => void} */
  let reject = () => {};
  const promise = new Promise((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}
