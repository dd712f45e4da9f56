// Checks one archive after another, whose names it is told, so that a test need not start node for each.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { checkArchive, said } from "./verify.mjs";

for await (const path of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(said(checkArchive(readFileSync(path), process.argv[2]))));
}
