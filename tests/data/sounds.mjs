// Writes www/data/speech.sounds, the set of sounds that is built in. Run by hand, after ./build.sh, with Debian's espeak-ng
// (1.51) and flite (2.2) installed and its packages of real voices unpacked:
//
//     apt-get download asterisk-core-sounds-{en,es,fr,it,ru}-wav asterisk-prompt-it-menardi-wav
//     for package in asterisk-*.deb; do dpkg-deb -x "$package" real; done
//     node tests/data/sounds.mjs real/usr/share/asterisk/sounds
//
// A file is gzip of: "TYSN", the format's version (a byte), three bytes of 0, how long the JSON is that comes next (32 bits,
// little-endian), the JSON, and the clips one after the other: 8,000 samples a second of four bits each (IMA ADPCM).
// The JSON has the names of voices and, of each clip, its label, its voice and its bytes; clips come in
// groups: first those that a run may have, then those of voices that no run is given: of the same synthesizer, of another
// one, a real one, and real ones in other languages. It prints what www/data/soundSets.js says.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { Sound, initSync } from "../../www/pkg-audio/trainyard.js";

const root = path.join(import.meta.dirname, "../..");
initSync({ module: fs.readFileSync(path.join(root, "www/pkg-audio/trainyard_bg.wasm")) });
const [real] = process.argv.slice(2);

const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const RATE = 8000;

/** Of a voice: its accent and its timbre. */
const KNOWN = [
  ["en-us", "m1 f2 Andy klatt3 Annie Michael norbert anika Denis belinda"],
  ["en-gb", "m3 f5 Lee edward2 Alicia klatt5 victor"],
  ["en-gb-scotland", "m7 f3 sandro Mario"],
  ["en-029", "m2 steph2 Gene"],
  ["en-gb-x-rp", "m6 aunty Hugo"],
  ["en-us-nyc", "m8 linda travis"],
];
const NEW = [
  ["en-us", "f4 max paul"],
  ["en-gb", "m4 Andrea"],
  ["en-gb-scotland", "f1 john"],
  ["en-029", "shelby"],
  ["en-gb-x-rp", "steph3"],
  ["en-us-nyc", "klatt2"],
];
/** Of flite, which learned them from recordings of people. */
const OTHERS = ["awb", "kal16", "rms", "slt"];
/** Real voices, by their folder: the one that speaks English, and those in other languages, which say the same digits. */
const REAL = ["en_US_f_Allison", "Allison Smith"];
const FOREIGN = {
  es_MX_f_Allison: "Allison Smith (es)",
  fr_CA_f_June: "June Wallack (fr)",
  it_IT_m_Carlo: "Carlo (it)",
  it_IT_f_Menardi: "Menardi and Dal Zot (it)",
  ru_RU_f_IvrvoiceRU: "ivrvoice.ru (ru)",
};

/** Recordings of each digit: of a known voice, of a new one. */
const TAKES = { known: 3, new: 1 };

const voicesOf = (groups) =>
  groups.flatMap(([accent, timbres]) => timbres.split(" ").map((timbre) => ({ accent, timbre })));

/** Numbers from 0 to 1, always the same. */
function randomizer(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
const random = randomizer(15);
const between = (low, high) => Math.round(low + (high - low) * random());

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sounds-"));

/** The word in a recording at our rate, as loud as any other. */
function clipOf(wav) {
  const sound = Sound.readWav("word.wav", wav).resampled(RATE);
  const [from, to] = sound.picture().heard();
  if (!(to > from)) throw new Error("a recording is silent");
  const margin = 0.02;
  const part = sound.samples().slice(Math.max(0, Math.floor((from - margin) * RATE)), Math.ceil((to + margin) * RATE));
  const peak = part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return packed(part.map((sample) => (0.9 * sample) / peak));
}

function spoken({ accent, timbre }, word) {
  const file = path.join(folder, "word.wav");
  const [speed, pitch] = [between(150, 215), between(30, 70)];
  execFileSync("espeak-ng", ["-v", `${accent}+${timbre}`, "-s", `${speed}`, "-p", `${pitch}`, "-w", file, word]);
  return clipOf(fs.readFileSync(file));
}

function spokenByFlite(voice, word) {
  const file = path.join(folder, "word.wav");
  execFileSync("flite", ["-voice", voice, "-t", word, "-o", file]);
  return clipOf(fs.readFileSync(file));
}

const STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];
const TURNS = [-1, -1, -1, -1, 2, 4, 6, 8];

/** IMA ADPCM: of each sample the code that comes nearest. */
function packed(samples) {
  let [value, at] = [0, 0];
  const codes = Array.from(samples, (sample) => {
    const step = STEPS[at];
    const wanted = Math.round(sample * 32767) - value;
    let rest = Math.abs(wanted);
    let code = wanted < 0 ? 8 : 0;
    let difference = step >> 3;
    for (const [bit, part] of [
      [4, step],
      [2, step >> 1],
      [1, step >> 2],
    ]) {
      if (rest < part) continue;
      code |= bit;
      rest -= part;
      difference += part;
    }
    value = Math.max(-32768, Math.min(32767, value + (code & 8 ? -difference : difference)));
    at = Math.max(0, Math.min(88, at + TURNS[code & 7]));
    return code;
  });
  if (codes.length % 2) codes.push(0);
  return Buffer.from(codes.filter((_, i) => i % 2 === 0).map((code, i) => code | (codes[2 * i + 1] << 4)));
}

function shuffled(list) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}

const voices = [];
const clipsOf = (groups, takes) =>
  shuffled(
    voicesOf(groups).flatMap((voice) => {
      const number = voices.push(`${voice.accent}+${voice.timbre}`) - 1;
      return WORDS.flatMap((word, label) =>
        Array.from({ length: takes }, () => ({ label, voice: number, bytes: spoken(voice, word) })),
      );
    }),
  );
const byVoice = (name, clip) => {
  const voice = voices.push(name) - 1;
  return WORDS.map((word, label) => ({ label, voice, bytes: clip(word, label) }));
};
const recorded = (place, name) =>
  byVoice(name, (_, label) => clipOf(fs.readFileSync(path.join(real, place, "digits", `${label}.wav`))));
const groups = {
  known: clipsOf(KNOWN, TAKES.known),
  new: clipsOf(NEW, TAKES.new),
  other: OTHERS.flatMap((voice) => byVoice(`flite ${voice}`, (word) => spokenByFlite(voice, word))),
  real: recorded(...REAL),
  foreign: Object.entries(FOREIGN).flatMap(([place, name]) => recorded(place, name)),
};
const clips = Object.values(groups).flat();
const counts = Object.entries(groups).map(([name, list]) => [name, list.length]);
const told = Buffer.from(
  JSON.stringify({
    classes: 10,
    rate: RATE,
    groups: counts,
    voices,
    labels: clips.map(({ label }) => label),
    voiceOf: clips.map(({ voice }) => voice),
    lengths: clips.map(({ bytes }) => bytes.length),
  }),
);
const header = Buffer.alloc(12);
header.write("TYSN");
header[4] = 1;
header.writeUInt32LE(told.length, 8);
const bytes = gzipSync(Buffer.concat([header, told, ...clips.map((clip) => clip.bytes)]), { level: 9 });
bytes[9] = 255; // the system that wrote it: unknown
fs.writeFileSync(path.join(root, "www/data/speech.sounds"), bytes);
fs.rmSync(folder, { recursive: true });
console.log(
  `speech: clips ${counts.map(([, length]) => length).join(" + ")} of ${voices.length} voices, bytes ${bytes.length}, ` +
    `sha256 ${createHash("sha256").update(bytes).digest("hex")}`,
);
