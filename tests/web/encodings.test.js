// Encodings: told by their bytes, decoded as they stream, and asked about where they can't be told.
import assert from "node:assert/strict";
import test from "node:test";
import { ENCODINGS, decoderOf } from "../../www/features/data/worker/formats/unicode.js";
import { encoded, take, utf16, utf8 } from "./intake.js";

const table = (header, rows, count = 30) =>
  `${[header, ...Array.from({ length: count }, (_, i) => rows[i % rows.length].replace("#", String((i * 7) % 60)))].join("\n")}\n`;

const RUSSIAN = table("имя,возраст,город", ["Иван,#,Москва", "Мария,#,Казань", "Пётр,#,Тверь"]);
const CITIES = table("id,city,price", ["1,Москва,#", "2,Казань,#", "3,Санкт-Петербург,#"]);
const CHINESE = table("姓名,年龄,结果", ["张三,#,通过", "李四,#,不通过", "王小明,#,通过"]);
const TAIWAN = table("姓名,年齡,結果", ["張三,#,通過", "李四,#,不通過", "王小明,#,通過"]);
const KOREAN = table("이름,나이,결과", ["김철수,#,합격", "이영희,#,불합격", "박민수,#,합격"]);
const JAPANESE = table("名前,年齢,区分", ["山田,#,可", "鈴木,#,不可", "佐藤,#,可"]);
const FRUIT = table("品名,価格,評価", ["リンゴ,#,良い", "バナナ,#,悪い"]);
const KANA = table("なまえ,ねだん", ["りんご,#", "みかん,#", "ばなな,#"]);
const GERMAN = table("größe,preis,farbe", ["groß,#,grün", "klein,#,weiß", "mittel,#,rot"]);
const FRENCH = table("nom,prix", ["café,#", "thé,#", "crème brûlée,#"]);
const PLACES = table("lieu,prix", ["à Orléans,#", "à Besançon,#", "à Nîmes,#"]);
const POLISH = table("imię,wiek,miasto", ["Łukasz,#,Łódź", "Zażółć,#,Kraków", "Gęś,#,Poznań"]);
const GREEK = table("όνομα,ηλικία,πόλη", ["Γιώργος,#,Αθήνα", "Μαρία,#,Πάτρα", "Ελένη,#,Αθήνα"]);

for (const [label, text] of [
  ["windows-1251", RUSSIAN],
  ["windows-1251", CITIES],
  ["koi8-r", RUSSIAN],
  ["koi8-r", CITIES],
  ["ibm866", RUSSIAN],
  ["iso-8859-5", CITIES],
  ["gb18030", CHINESE],
  ["big5", TAIWAN],
  ["euc-kr", KOREAN],
  ["shift_jis", JAPANESE],
  ["shift_jis", FRUIT],
  ["shift_jis", KANA],
  ["euc-jp", FRUIT],
  ["euc-jp", JAPANESE],
  ["windows-1252", GERMAN],
  ["windows-1252", FRENCH],
  ["windows-1252", PLACES],
  ["windows-1250", POLISH],
  ["windows-1253", GREEK],
]) {
  test(`${label} is told by its bytes: ${text.slice(0, 12)}…`, async () => {
    const { problem, text: got, entry } = await take(encoded(label, text), { piece: 61 });
    assert.equal(problem, null);
    assert.deepEqual(
      [entry("encoding").value, entry("encoding").isSure, entry("encoding").isChosen],
      [label, true, false],
    );
    assert.equal(got, text);
  });
}

test("ISO-8859-15: its euro sign is none in Windows-1252", async () => {
  const text = table("name,price,label", ["café,#,€", "thé,#,€", "cœur,#,€"]);
  const { text: got, entry } = await take(encoded("iso-8859-15", text));
  assert.equal(entry("encoding").value, "iso-8859-15");
  assert.equal(got, text);
});

test("where two encodings fit as well, it is a question, and a choice by hand answers it", async () => {
  const bytes = encoded("windows-1250", table("név,kor", ["Erdős,#", "Szabó,#"]));
  const guessed = await take(bytes);
  assert.equal(guessed.entry("encoding").isSure, false);
  assert.match(guessed.entry("encoding").sentence, /more than one encoding fits/);
  const { label } = guessed.entry("encoding").likely.find(({ value }) => value === "windows-1250");
  assert.equal(label, "“Erdős”: Windows-1250 (Central European)");
  const { entry, text } = await take(bytes, { read: { encoding: "windows-1250" } });
  assert.deepEqual(
    [entry("encoding").isChosen, entry("encoding").isSure, entry("encoding").value],
    [true, true, "windows-1250"],
  );
  assert.match(text, /Erdős/);
});

test("every encoding that is offered can be decoded, and “auto” is no choice", async () => {
  for (const { value } of ENCODINGS) {
    const text = decoderOf(value).decode(new Uint8Array([0x20, 0x20]), { stream: true });
    assert.equal(text, value.startsWith("utf-16") ? "\u2020" : "  ", value);
    if (value !== "ibm850") assert.equal(new TextDecoder(value).encoding, value);
  }
  // What TextDecoder lacks: its letters, in pieces.
  const dos = decoderOf("ibm850");
  assert.equal(
    dos.decode(new Uint8Array([0x80, 0x84, 0xe1]), { stream: true }) +
      dos.decode(new Uint8Array([0xff, 0x7e])) +
      dos.decode(),
    "Çäß\u00a0~",
  );
  const { entry } = await take("a,b\n1,2\n", { read: { encoding: "auto", format: "auto" } });
  assert.deepEqual([entry("encoding").isChosen, entry("format").isChosen], [false, false]);
  assert.match((await take("a,b\n", { read: { encoding: "utf-7" } })).problem, /data\.read\.encoding.*utf-7.*utf-8, /);
});

for (const [isBig, label] of [
  [false, "utf-16le"],
  [true, "utf-16be"],
]) {
  test(`${label}, with and without its mark, in pieces that cut letters`, async () => {
    const text = table("größe\tname", ["#\tœuf 😀", "#\tŁódź"], 400);
    for (const mark of [true, false]) {
      const { text: got, entry } = await take(utf16(text, { isBig, mark }), { piece: 333 });
      assert.equal(entry("encoding").value, label);
      assert.equal(entry("encoding").isSure, true);
      assert.equal(got, text);
    }
  });
}

test("zeros in a plain text are no UTF-16, and UTF-32 is named", async () => {
  const zeros = "a,b\n1,2\0\0\0\0\0\0\n3,4\n".repeat(3) + "5,6\n".repeat(40);
  const { entry, text } = await take(zeros);
  assert.deepEqual([entry("encoding").value, text], ["utf-8", zeros]);
  const wide = (/** @type {string} */ content, /** @type {boolean} */ isLittle) => {
    const view = new DataView(new ArrayBuffer(4 * content.length));
    [...content].forEach((letter, i) => view.setUint32(4 * i, letter.charCodeAt(0), isLittle));
    return new Uint8Array(view.buffer);
  };
  for (const content of ["\ufeffa,b\n1,2\n", "a,b\n1,2\n"]) {
    for (const isLittle of [true, false])
      assert.match((await take(wide(content, isLittle))).problem, /data\.csv is written in UTF-32/);
  }
});

test("UTF-8: with a mark, without letters beyond ASCII, and with a few broken places", async () => {
  assert.equal((await take("\ufeffä,b\n1,2\n")).entry("encoding").value, "utf-8");
  assert.match((await take("a,b\n1,2\n")).entry("encoding").sentence, /ASCII/);
  const broken = new Uint8Array([...utf8("größe,ß\nä,ö\nü,é\n"), 0xe9, 0x2c, 0x31, 0x0a]);
  const { entry } = await take(broken);
  assert.equal(entry("encoding").value, "utf-8");
  assert.match(entry("encoding").sentence, /7 of 8 characters.*1 place is broken/);
});

test("letters beyond ASCII that come late settle the encoding then", async () => {
  const plain = "name,price\n".concat("tea,3\n".repeat(12_000));
  const { entry, text } = await take(
    new Uint8Array([...utf8(plain), ...encoded("windows-1251", "чай,4\nкофе,5\nмолоко,6\n")]),
    { piece: 9_000 },
  );
  assert.equal(entry("encoding").value, "windows-1251");
  assert.ok(text.endsWith("молоко,6\n"));
  const late = await take(utf8(`${plain}crème,4\n`), { piece: 9_000 });
  assert.equal(late.entry("encoding").value, "utf-8");
  assert.ok(late.text.endsWith("crème,4\n"));
});

test("bytes that the chosen encoding does not have are counted", async () => {
  const { notes } = await take(new Uint8Array([...encoded("shift_jis", "名前,年\n山田,3\n"), 0x85, 0x20, 0x2c, 0x0a]), {
    read: { encoding: "shift_jis" },
  });
  assert.match(notes[0].sentence, /One place is no character in Shift-JIS/);
});
