// Checks a bundle. Written from docs/bundle-format.md and docs/ledger.md alone, with nothing but node's own library.
//
//   node verify.mjs [--key NAME+ID+KEY] [EARLIER] BUNDLE
//
// It prints one line of JSON: whether it is intact, the place of the first wrong event, all faults, and why two were not compared.
// Status 0: intact; 1: not; 2: no key; 3: each is intact, and the later one has no proof with which they could be compared.

import { createHash, createPublicKey, verify as checkSignature } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const NUMBER = "(?:0|[1-9][0-9]{0,17})";
const NAMES = ["about", "commissioner_id", "placement_id"];
const WHOLE = ["placement.referred", "attendance.opened", "child.registered", "agreement.drafted"];
const PROMISED = { placement: ["record", "placement_id"], child: ["record", "about"], caseload: ["commissioner_id"] };
const NOWHERE = Infinity;

const hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
const byte = (number) => Buffer.from([number]);
const plainId = (id) => Buffer.from(id.replaceAll("-", ""), "hex");

class Stop extends Error {}

function bytes(text) {
  const data = Buffer.from(text, "base64");
  if (data.toString("base64") !== text) throw new Stop("this is not base64 as it has to be");
  return data;
}

// --- The archive ---

const CRC = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});

function crc32(data) {
  let sum = 0xffffffff;
  for (const one of data) sum = (sum >>> 8) ^ CRC[(sum ^ one) & 255];
  return (sum ^ 0xffffffff) >>> 0;
}

function numbers(layout, values) {
  const data = Buffer.alloc(layout.reduce((sum, size) => sum + size, 0));
  let at = 0;
  layout.forEach((size, i) => {
    if (size === 2) data.writeUInt16LE(values[i], at);
    else data.writeUInt32LE(values[i], at);
    at += size;
  });
  return data;
}

export function archiveOf(files) {
  const bodies = [];
  const directory = [];
  let at = 0;
  for (const name of [...files.keys()].sort()) {
    const data = files.get(name);
    const both = numbers([2, 2, 2, 2, 4, 4, 4, 2, 2], [0, 0, 0, 33, crc32(data), data.length, data.length, name.length, 0]);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), numbers([2], [20]), both, Buffer.from(name), data]);
    const rest = numbers([2, 2, 2, 4, 4], [0, 0, 0, 0x81a40000, at]);
    directory.push(Buffer.from("PK\x01\x02"), numbers([2, 2], [0x0314, 20]), both, rest, Buffer.from(name));
    bodies.push(body);
    at += body.length;
  }
  const central = Buffer.concat(directory);
  const end = numbers([2, 2, 2, 2, 4, 4, 2], [0, 0, files.size, files.size, central.length, at, 0]);
  return Buffer.concat([...bodies, central, Buffer.from("PK\x05\x06"), end]);
}

export function filesOf(archive) {
  const files = new Map();
  let at = 0;
  while (archive.subarray(at, at + 4).equals(Buffer.from("PK\x03\x04"))) {
    if (at + 30 > archive.length) throw new Stop(`the archive ends in a header at ${at}`);
    const start = at + 30 + archive.readUInt16LE(at + 26);
    const end = start + archive.readUInt32LE(at + 18);
    files.set(archive.subarray(at + 30, start).toString("latin1"), archive.subarray(start, end));
    at = end;
  }
  return files;
}

// --- The bundle ---

class Bundle {
  constructor(files, key) {
    Object.assign(this, { files, key, faults: [], apart: "", complete: [], events: [], leaves: [], nodes: new Map(), wrongAt: new Set() });
  }

  fault(words, at = NOWHERE) {
    this.faults.push({ at, words });
  }

  *lines(name, form) {
    const text = (this.files.get(name) ?? Buffer.alloc(0)).toString("utf8");
    if (text === "") return;
    const lines = text.split("\n");
    if (lines.pop() !== "") this.fault(`${name} does not end with a line end`);
    for (const [i, line] of lines.entries()) {
      const found = new RegExp(`^${form}$`).exec(line);
      if (!found) this.fault(`line ${i + 1} of ${name} has another form`);
      yield [i + 1, found];
    }
  }

  note(name) {
    if (!this.files.has(name)) throw new Stop(`${name} is missing`);
    const whole = this.files.get(name).toString("utf8");
    const middle = whole.lastIndexOf("\n\n");
    if (middle < 0 || !Buffer.from(whole, "utf8").equals(this.files.get(name))) throw new Stop(`${name} is no signed note`);
    const text = whole.slice(0, middle + 1);
    const lines = text.split("\n").slice(0, -1);
    this.key ||= lines.find((line) => line.startsWith("key "))?.slice(4) ?? "";
    const [owner, id, encoded] = this.key.split("+", 2).concat(this.key.split("+").slice(2).join("+"));
    const typed = bytes(encoded);
    if (typed.length !== 33 || typed[0] !== 1) throw new Stop("this is no key");
    const wanted = hash(owner, "\n", typed).subarray(0, 4);
    if (wanted.toString("hex") !== id) throw new Stop("the id of the key is wrong");
    let signed = false;
    const below = whole.slice(middle + 2).split("\n");
    if (below.pop() !== "") throw new Stop(`${name} does not end with a line end`);
    for (const line of below) {
      const parts = /^\u2014 (\S+) (\S+)$/.exec(line);
      if (!parts) throw new Stop(`${name} has a line that is no signature`);
      const data = bytes(parts[2]);
      if (parts[1] !== owner || !data.subarray(0, 4).equals(wanted)) continue;
      const public_ = createPublicKey({
        key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), typed.subarray(1)]),
        format: "der",
        type: "spki",
      });
      if (!checkSignature(null, Buffer.from(text), public_, data.subarray(4))) throw new Stop(`${name}: the signature is wrong`);
      signed = true;
    }
    if (!signed) throw new Stop(`${name} is not signed by the key`);
    return lines;
  }

  readManifest() {
    const lines = this.note("bundle.txt");
    if (lines[0] !== "placements-bundle-v1") throw new Stop("this is no bundle of version 1");
    const told = {};
    ["kind", "of", "as-at", "key"].forEach((name, i) => {
      if (!lines[i + 1]?.startsWith(`${name} `)) throw new Stop(`bundle.txt has no ${name}`);
      told[name] = lines[i + 1].slice(name.length + 1);
    });
    if (!["placement", "child", "caseload", "inspection-pack", "receipt"].includes(told.kind)) throw new Stop("the kind is unknown");
    if (!new RegExp(`^${ID}$`).test(told.of) || !new RegExp(`^${NUMBER}$`).test(told["as-at"])) throw new Stop("bundle.txt cannot be read");
    if (told.key !== this.key) throw new Stop("the key is another");
    Object.assign(this, { kind: told.kind, of: told.of, asAt: Number(told["as-at"]) });
    const listed = new Set(["bundle.txt"]);
    for (const line of lines.slice(5)) {
      const complete = new RegExp(`^complete ([a-z_]+) (${ID})$`).exec(line);
      const file = new RegExp(`^file ([0-9a-f]{64}) (${NUMBER}) ([A-Za-z0-9_./-]+)$`).exec(line);
      if (complete) this.complete.push(`${complete[1]} ${complete[2]}`);
      else if (file) {
        const data = this.files.get(file[3]);
        listed.add(file[3]);
        if (!data) this.fault(`${file[3]} is missing`);
        else if (hash(data).toString("hex") !== file[1] || data.length !== Number(file[2])) this.fault(`${file[3]} was altered`);
      } else throw new Stop(`bundle.txt has a strange line: ${line}`);
    }
    for (const name of this.files.keys()) if (!listed.has(name)) this.fault(`${name} is not listed`);
  }

  readCheckpoint() {
    const [origin, size, root, ...more] = this.note("checkpoint.txt");
    if (origin !== this.key.split("+")[0]) throw new Stop("the checkpoint is another ledger's");
    const index = more.filter((line) => line.startsWith("index 1 "));
    if (!new RegExp(`^${NUMBER}$`).test(size) || index.length !== 1) throw new Stop("the checkpoint cannot be read");
    Object.assign(this, { size: Number(size), root: bytes(root), index: bytes(index[0].slice(8)) });
    if (this.asAt !== undefined && (this.size < this.asAt || this.asAt === 0)) throw new Stop("the checkpoint does not cover the bundle");
  }

  readEvents() {
    let last = 0;
    const form = `(${NUMBER}) (${ID}) (${NUMBER}) ([^ ]+) (\\S*)`;
    for (const [line, found] of this.lines("events.txt", form)) {
      let event;
      try {
        event = eventIn(found);
      } catch {
        this.fault(`the event in line ${line}, after position ${last}, cannot be read`, last + 0.5);
        continue;
      }
      this.events.push(event);
      if (event.position <= last || event.position > this.asAt) {
        this.wrongAt.add(event.position);
        this.fault(`${named(event)} stands where it does not belong, after ${last}`, event.position);
      }
      last = Math.max(last, event.position);
    }
    last = 0;
    for (const [line, found] of this.lines("leaves.txt", `(${NUMBER}) (\\S+)(?: ([a-z_]+) (${ID}))?`)) {
      try {
        const leaf = { position: Number(found[1]), leaf: bytes(found[2]), under: found[3] ? [`${found[3]} ${found[4]}`] : [] };
        const right = found[3] ? leaf.position > this.asAt : leaf.position <= this.asAt;
        if (!right || leaf.position < last) this.fault(`line ${line} of leaves.txt is out of place`, leaf.position);
        last = leaf.position;
        this.leaves.push(leaf);
      } catch {
        this.fault(`line ${line} of leaves.txt cannot be read`);
      }
    }
    for (const [line, found] of this.lines("nodes.txt", `(${NUMBER}) (${NUMBER}) (\\S+)`)) {
      try {
        this.nodes.set(`${found[1]} ${found[2]}`, bytes(found[3]));
      } catch {
        this.fault(`line ${line} of nodes.txt cannot be read`);
      }
    }
  }

  checkEvents() {
    for (const event of [...this.events, ...this.leaves]) {
      if (this.wrongAt.has(event.position)) continue;
      if (event.position < 1 || event.position > this.size || !this.rootFrom(event)?.equals(this.root)) {
        this.wrongAt.add(event.position);
        this.fault(`${named(event)} is not in the ledger, or its proof was altered`, event.position);
      }
    }
  }

  rootFrom({ position, leaf }) {
    let [height, at, last, own] = [0, position - 1, this.size - 1, leaf];
    while (last !== 0) {
      const beside = at % 2 ? at - 1 : at < last ? at + 1 : -1;
      if (beside >= 0) {
        const other = this.nodes.get(`${height} ${beside}`);
        if (!other) return null;
        own = at % 2 ? hash(byte(1), other, own) : hash(byte(1), own, other);
      }
      [height, at, last] = [height + 1, Math.floor(at / 2), Math.floor(last / 2)];
    }
    return own;
  }

  under(name) {
    return [...this.events, ...this.leaves].filter((event) => event.under.includes(name)).sort((a, b) => a.position - b.position);
  }

  checkIndex() {
    const proved = [];
    for (const [line, found] of this.lines("index.txt", `([a-z_]+) (${ID}) (\\S*) (\\S+)`)) {
      if (!found) continue;
      const name = `${found[1]} ${found[2]}`;
      proved.push(name);
      try {
        this.checkComplete(name, hash(byte(5), found[1], byte(0), plainId(found[2])), bytes(found[3]), bytes(found[4]));
      } catch (problem) {
        if (!(problem instanceof Stop)) throw problem;
        this.fault(`line ${line} of index.txt: ${problem.message}`);
      }
    }
    if (proved.join("\n") !== this.complete.join("\n")) this.fault("index.txt and bundle.txt do not name the same");
    const must = (PROMISED[this.kind] ?? []).map((name) => `${name} ${this.of}`);
    for (const event of this.kind === "receipt" ? [] : this.events) {
      if (event.version === 1 && WHOLE.includes(event.topic)) must.push(`record ${event.record}`);
      if (event.version === 1 && this.kind === "inspection-pack" && event.topic === "child.registered") must.push(`about ${event.record}`);
    }
    for (const name of new Set(must)) if (!this.complete.includes(name)) this.fault(`it is not proved that ${name} is complete`);
  }

  checkComplete(name, key, bucket, beside) {
    if (bucket.length % 72 || beside.length !== 512) throw new Stop("it has the wrong length");
    let entry = { count: 0n, chain: Buffer.alloc(32) };
    let before = null;
    for (let at = 0; at < bucket.length; at += 72) {
      const own = bucket.subarray(at, at + 32);
      if ((before && Buffer.compare(before, own) >= 0) || own[0] !== key[0] || own[1] !== key[1]) throw new Stop("the bucket is in disorder");
      if (own.equals(key)) entry = { count: bucket.readBigUInt64BE(at + 32), chain: bucket.subarray(at + 40, at + 72) };
      before = own;
    }
    let [at, own] = [key.readUInt16BE(0), hash(byte(2), bucket)];
    for (let i = 0; i < 16; i++) {
      const other = beside.subarray(32 * i, 32 * i + 32);
      own = at % 2 ? hash(byte(3), other, own) : hash(byte(3), own, other);
      at = Math.floor(at / 2);
    }
    if (!own.equals(this.index)) throw new Stop(`the proof for ${name} does not lead to the signed root`);
    this.compare(name, entry);
  }

  compare(name, entry) {
    const events = this.under(name);
    const chain = events.reduce((sum, event) => hash(byte(4), sum, event.leaf), Buffer.alloc(32));
    if (BigInt(events.length) === entry.count && chain.equals(entry.chain)) return;
    const told = events.filter((event, i) => event.version && event.position !== events[i - 1]?.position);
    if (name.startsWith("record ")) {
      const gap = told.findIndex((event, i) => event.version !== i + 1);
      const at = gap < 0 ? told.length : gap;
      const before = at ? told[at - 1].position : 0;
      if (gap >= 0 || (BigInt(events.length) < entry.count && !this.anyWrong(events))) {
        this.fault(`version ${at + 1} of ${name} is missing, after position ${before}`, before + 0.5);
        return;
      }
    }
    if (!this.anyWrong(events)) this.fault(`the events with ${name} are not all, or not the ones that there are`);
  }

  anyWrong(events) {
    return events.some((event) => this.wrongAt.has(event.position));
  }

  checkOpenings() {
    const seals = new Map(this.events.map((event) => [event.position, [...event.state.toString("latin1").matchAll(/"enc:([12]):[0-9]{1,18}:([A-Za-z0-9_=-]*)"/g)]]));
    const opened = new Set();
    for (const [line, found] of this.lines("openings.txt", `(${NUMBER}) (${NUMBER}) (\\S+) (\\S*)`)) {
      const seal = found && seals.get(Number(found[1]))?.[Number(found[2])];
      let right = false;
      try {
        if (seal?.[1] === "1") right = found[3] === "-" && Boolean(bytes(found[4]));
        else if (seal) right = Buffer.from(seal[2], "base64url").subarray(0, 32).equals(hash(byte(6), bytes(found[3]), bytes(found[4])));
      } catch {
        right = false;
      }
      const place = found ? `${found[1]} ${found[2]}` : `line ${line}`;
      if (!right || opened.has(place)) this.fault(`the words in line ${line} of openings.txt are not those under the seal`, found ? Number(found[1]) : NOWHERE);
      opened.add(place);
    }
  }

  checkReceipt() {
    const proved = this.leaves.filter((leaf) => !leaf.under.length).map((leaf) => `${leaf.position} ${leaf.leaf.toString("base64")}`);
    let told = null;
    try {
      told = JSON.parse(this.files.get("receipt.json")?.toString("utf8") ?? "null");
    } catch {
      told = null;
    }
    if (proved.join() !== `${told?.position} ${told?.leaf}`) this.fault("receipt.json is about another event");
  }

  check() {
    try {
      this.readManifest();
      this.readCheckpoint();
      this.readEvents();
      this.checkEvents();
      this.checkIndex();
      this.checkOpenings();
      if (this.kind === "receipt") this.checkReceipt();
    } catch (problem) {
      if (!(problem instanceof Stop)) throw problem;
      this.fault(problem.message);
    }
    return this;
  }

  checkGrowth(earlier) {
    if (this.size < earlier.size) return (this.apart = "the later ledger is the shorter one");
    if (this.size === earlier.size) {
      if (!this.root.equals(earlier.root)) this.fault("two ledgers of one size have two roots");
    } else {
      const [size, ...proof] = (this.files.get("growth.txt") ?? Buffer.from("\n")).toString("utf8").split("\n").slice(0, -1);
      if (size !== String(earlier.size)) this.apart = "there is no proof that the ledger grew from the earlier one";
      else if (!grew(earlier, this, proof.map(bytes))) this.fault("the later ledger does not begin with the earlier one");
    }
    for (const old of earlier.events) {
      const now = this.events.find((event) => event.position === old.position);
      if (now && !now.leaf.equals(old.leaf)) this.fault(`${named(old)} is another event now`, old.position);
    }
    for (const name of earlier.complete.filter((one) => this.complete.includes(one))) {
      const then = earlier.under(name).map((event) => event.position);
      const now = this.under(name).map((event) => event.position).filter((position) => position <= earlier.size);
      const differ = [...then.filter((p) => !now.includes(p)), ...now.filter((p) => !then.includes(p))];
      if (differ.length) this.fault(`the bundles do not agree on the events with ${name}`, Math.min(...differ));
    }
  }
}

function eventIn(found) {
  const [, position, record, version, topic, encoded] = found;
  const state = bytes(encoded);
  const name = Buffer.from(topic);
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(position));
  const middle = Buffer.alloc(10);
  middle.writeBigUInt64BE(BigInt(version));
  middle.writeUInt16BE(name.length, 8);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(state.length);
  const leaf = hash(byte(0), head, plainId(record), middle, name, length, state);
  const under = [`record ${record}`];
  try {
    const told = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(state));
    if (told !== null && typeof told === "object" && !Array.isArray(told))
      for (const name of NAMES) if (typeof told[name] === "string" && new RegExp(`^${ID}$`).test(told[name])) under.push(`${name} ${told[name]}`);
  } catch {
    // Not JSON: the event is under its record alone.
  }
  return { position: Number(position), record, version: Number(version), topic, state, leaf, under };
}

function named(event) {
  return event.topic ? `${event.topic} at position ${event.position}, version ${event.version} of record ${event.record}` : `the event at position ${event.position}`;
}

function grew(old, now, proof) {
  // RFC 9162, section 2.1.4.2
  const whole = Number.isInteger(Math.log2(old.size));
  const path = whole ? [old.root, ...proof] : proof;
  if (!path.length) return false;
  let [fn, sn] = [old.size - 1, now.size - 1];
  while (fn % 2) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [fr, sr] = [path[0], path[0]];
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 || fn === sn) {
      [fr, sr] = [hash(byte(1), c, fr), hash(byte(1), c, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else sr = hash(byte(1), sr, c);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && fr.equals(old.root) && sr.equals(now.root);
}

// --- What is asked, and what is said ---

export function checkArchive(archive, key = "") {
  let files = new Map();
  let problem = "";
  try {
    files = filesOf(archive);
    if (!archiveOf(files).equals(archive)) problem = "the archive has another form than the one that there is";
  } catch (error) {
    problem = `the archive cannot be read: ${error.message}`;
  }
  const bundle = new Bundle(files, key);
  bundle.check();
  // An altered file alters the archive, too; it is the file that is worth naming.
  if (problem && !bundle.faults.length) bundle.fault(problem);
  return bundle;
}

function checkFolder(folder, key) {
  const files = new Map();
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (statSync(path).isFile() && !name.includes("__pycache__")) files.set(name.replaceAll("\\", "/"), readFileSync(path));
  }
  return new Bundle(files, key).check();
}

function checkPath(path, key) {
  if (statSync(path).isDirectory()) return checkFolder(path, key);
  const data = readFileSync(path);
  if (data.subarray(0, 2).toString() === "PK") return checkArchive(data, key);
  const checkpoint = new Bundle(new Map([["checkpoint.txt", data]]), key);
  checkpoint.readCheckpoint();
  return checkpoint;
}

export function said(bundle) {
  const faults = [...bundle.faults].sort((a, b) => a.at - b.at || 0);
  const first = faults.length && faults[0].at !== NOWHERE ? faults[0].at : null;
  return { intact: faults.length === 0, first_wrong: first, faults: faults.map((fault) => fault.words), not_compared: bundle.apart };
}

function main(words) {
  let key = "";
  const at = words.indexOf("--key");
  if (at >= 0) [, key = ""] = words.splice(at, 2);
  if (at >= 0 && !key.trim()) {
    console.error("The key is empty, so nothing was checked.");
    process.exitCode = 2;
    return;
  }
  const bundle = checkPath(words.at(-1), key);
  if (words.length === 2) {
    const earlier = checkPath(words[0], bundle.key);
    if (earlier.faults.length) bundle.fault(`the earlier bundle is not intact: ${earlier.faults[0].words}`);
    else if (!bundle.faults.length) bundle.checkGrowth(earlier);
  }
  console.log(JSON.stringify(said(bundle)));
  process.exitCode = bundle.faults.length ? 1 : bundle.apart ? 3 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2));
