import { afterAll, beforeAll, expect, test } from "vitest";
import type { ApiDocument } from "./openapi.ts";
import { type FarmServer, openFarmServer } from "./testing/farm-server.ts";

let farm: FarmServer;
let document: ApiDocument;
beforeAll(async () => {
  farm = await openFarmServer();
  document = (await (await fetch(`${farm.url}/api/openapi.json`)).json()) as ApiDocument;
});
afterAll(() => farm.close());

test("the document lists every route of the API", () => {
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace("/api/v1", "")}`),
  );
  expect(listed.toSorted()).toMatchInlineSnapshot(`
    [
      "DELETE /devices/{id}",
      "DELETE /people/{id}",
      "DELETE /places/{id}",
      "DELETE /session",
      "DELETE /session/push",
      "GET /alerts",
      "GET /alerts/{id}",
      "GET /alerts/{id}/deliveries",
      "GET /alerts/{id}/history",
      "GET /completeness",
      "GET /devices",
      "GET /devices/{id}",
      "GET /devices/{id}/acknowledgements",
      "GET /devices/{id}/latest",
      "GET /devices/{id}/link",
      "GET /devices/{id}/readings",
      "GET /devices/{id}/series",
      "GET /export",
      "GET /gateways",
      "GET /health",
      "GET /hourly-means",
      "GET /linkage",
      "GET /linkage/map",
      "GET /linkage/models",
      "GET /linkage/models/{id}",
      "GET /linkage/score",
      "GET /linkage/snapshots",
      "GET /linkage/snapshots/{id}/difference",
      "GET /linkage/snapshots/{id}/report",
      "GET /linkage/snapshots/{id}/verification",
      "GET /live",
      "GET /metrics",
      "GET /overview",
      "GET /people",
      "GET /people/{id}/consents",
      "GET /people/{id}/file",
      "GET /places",
      "GET /places/{id}",
      "GET /places/{id}/cultivation",
      "GET /quantities",
      "GET /quarantine",
      "GET /quarantine/{position}/payload",
      "GET /rules",
      "GET /rules/packs",
      "GET /rules/{rule}/arming",
      "GET /session",
      "GET /session/push",
      "GET /session/telling",
      "PATCH /devices/{id}",
      "PATCH /people/{id}",
      "PATCH /places/{id}",
      "POST /alerts/{id}/acknowledge",
      "POST /alerts/{id}/snooze",
      "POST /backup",
      "POST /devices",
      "POST /devices/{id}/commands",
      "POST /devices/{id}/move",
      "POST /devices/{id}/rotate",
      "POST /linkage/snapshots",
      "POST /linkage/snapshots/{id}/confirm",
      "POST /people",
      "POST /people/{id}/consents",
      "POST /places",
      "POST /places/{id}/cultivation",
      "POST /redecode",
      "POST /rules/test",
      "POST /rules/{rule}/arming",
      "POST /session",
      "POST /session/consents",
      "POST /session/password",
      "PUT /devices/{id}/config",
      "PUT /session/push",
      "PUT /session/telling",
    ]
  `);
});

test("every reference of the document leads somewhere, and every named schema is used", () => {
  const text = JSON.stringify(document);
  const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!));
  const named = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...referred].toSorted()).toEqual(named.toSorted());
});

test("every route says what it is for, and under which heading", () => {
  for (const methods of Object.values(document.paths)) {
    for (const { summary, tags, responses } of Object.values(methods)) {
      expect(summary).toMatch(/\w/);
      expect(document.tags.map(({ name }) => name)).toContain(tags?.[0]);
      expect(Object.keys(responses)).toContain("default");
    }
  }
});

test("the page for people shows every route and loads nothing from elsewhere", async () => {
  const answer = await fetch(`${farm.url}/api/docs`);
  const page = await answer.text();
  expect(answer.headers.get("content-type")).toContain("text/html");
  for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>${path}</code>`);
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect((await fetch(`${farm.url}/api/docs.css`)).status).toBe(200);
});
