import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPage } from "../e2e/built-page.ts";
import { withoutUnused } from "./lean.ts";
import { builtFiles } from "./service-worker.ts";

let built: Awaited<ReturnType<typeof buildPage>>;
beforeAll(async () => {
  built = await buildPage();
});
afterAll(() => built.remove());

const read = (name: string) => readFileSync(join(built.folder, name));

test("all of the script together is no more than 46 kB on the wire", () => {
  const scripts = [...builtFiles(built.folder), "sw.js"].filter((name) => name.endsWith(".js"));
  const bytes = scripts.map((name) => read(`${name}.gz`).length);
  expect(scripts.length).toBe(3);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(46_000);
});

test("each text stands beside its compressed forms, which hold the same", () => {
  const texts = [...builtFiles(built.folder), "sw.js"];
  for (const name of texts) {
    expect(gunzipSync(read(`${name}.gz`)).equals(read(name)), name).toBe(true);
    expect(brotliDecompressSync(read(`${name}.br`)).equals(read(name)), name).toBe(true);
  }
});

test("the service worker keeps every file of the page, by its address", () => {
  const worker = read("sw.js").toString();
  const addresses = builtFiles(built.folder).map((name) => (name === "index.html" ? "/" : `/${name}`));
  expect(addresses).toContain("/");
  for (const address of addresses) expect(worker, address).toMatch(new RegExp(`["'\`]${address}["'\`]`));
});

test("the page asks nobody else for anything", () => {
  for (const name of builtFiles(built.folder)) {
    const foreign =
      read(name)
        .toString()
        .match(/https?:\/\/(?!www\.w3\.org\/)[\w.-]+/g) ?? [];
    expect(foreign, name).toEqual([]);
  }
});

test("a policy of the server's own files only lets the page run", () => {
  const html = read("index.html").toString();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
});

test("a uPlot that has changed stops the build instead of the charts", () => {
  expect(() => withoutUnused("export function stepped() {}")).toThrow(/no function bars any more/);
});
