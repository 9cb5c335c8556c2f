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

const scripts = () => [...builtFiles(built.folder), "sw.js"].filter((name) => name.endsWith(".js"));
const onTheWire = (names: readonly string[]) =>
  names.reduce((sum, name) => sum + read(`${name}.gz`).length, 0);
/** What a farmer needs: the page itself, its chart, what these share, the service worker. The rest is fetched by who goes there. */
const isOfTheField = (name: string) => /^(sw|assets\/(index|chart|window)-[\w-]+)\.js$/.test(name);

test("the script that a farmer needs is no more than 46 kB on the wire", () => {
  const field = scripts().filter(isOfTheField);
  expect(field).toHaveLength(4);
  expect(onTheWire(field)).toBeLessThan(46_000);
});

test("each page that is fetched when somebody goes there is small by itself", () => {
  const others = scripts().filter((name) => !isOfTheField(name));
  expect(others).not.toEqual([]);
  for (const name of others) expect(onTheWire([name]), name).toBeLessThan(14_000);
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
