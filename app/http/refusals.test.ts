import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalTexts } from "../../dashboards/web/src/text/refusal-texts.ts";
import type { ApiDocument } from "./openapi.ts";
import { refusalCodes } from "./refusal-shapes.ts";
import { type FarmServer, openFarmServer } from "./testing/farm-server.ts";

/* Whatever the server refuses, the page has words for it in both languages: the server's own English is for programs. */

let farm: FarmServer;
let routes: { readonly method: string; readonly path: string }[];
beforeAll(async () => {
  farm = await openFarmServer();
  const document = (await (await fetch(`${farm.url}/api/openapi.json`)).json()) as ApiDocument;
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace("/api/v1", "").replace(/\{\w+\}/g, "no-such-thing"),
    })),
  );
}, 60_000);
afterAll(() => farm.close());

const known: ReadonlySet<string> = new Set(refusalCodes);

test("every code has a text in both languages, and no text has lost its code", () => {
  for (const texts of Object.values(refusalTexts))
    expect(Object.keys(texts).toSorted()).toEqual([...refusalCodes]);
});

test.each([
  ["a stranger", null, undefined],
  ["a farmer", "hoa", {}],
  ["an administrator who names what is not there", "lan", {}],
  [
    "an administrator who sends nonsense",
    "lan",
    { id: 7, name: "", armed: "yes", fromMs: "now", minutes: -1 },
  ],
])(
  "every refusal of every route to %s is one that pages have words for",
  { timeout: 120_000 },
  async (_, person, body) => {
    const unknown: string[] = [];
    let refused = 0;
    for (const { method, path } of routes) {
      // What would end the session of who asks, or never ends.
      if (path === "/live" || (method === "DELETE" && path === "/session")) continue;
      const answer = await farm.send(person, method, path, method === "GET" ? undefined : body);
      const text = await answer.text();
      if (answer.status < 400) continue;
      refused++;
      const { error } = JSON.parse(text) as { error: string };
      if (!known.has(error)) unknown.push(`${method} ${path}: ${answer.status} ${error}`);
    }
    expect(unknown).toEqual([]);
    expect(refused).toBeGreaterThan(20);
  },
);
