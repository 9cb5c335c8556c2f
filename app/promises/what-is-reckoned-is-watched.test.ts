import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";

/** What nobody measures is stored, watched and tested like anything else: the real program, a real node. */

const installation = createTestInstallation({
  rules: ["dairy", "./mine.yaml"],
});
let server: TestServer;

beforeAll(async () => {
  writeFileSync(
    join(installation.folder, "mine.yaml"),
    `
rules:
  - kind: threshold
    name: thirsty
    severity: warning
    quantity: soil.depletion
    scope: { crops: [tea] }
    above: 40
    title: { vi: "Chè khát: {value}", en: "Thirsty tea: {value}" }
    advice: { vi: "Tưới nước.", en: "Irrigate." }
`,
  );
  server = await installation.start();
}, 120_000);
afterAll(() => installation.remove());

interface Latest {
  readonly latest: readonly { readonly quantity: string; readonly value: number }[];
}

/** Asks until the answer has what is looked for; the test's own time limit ends it. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await sleep(100);
  }
}

test("heat stress and thirst are reckoned, stored and told", { timeout: 120_000 }, async () => {
  for (const place of [
    { id: "chuong-1", kind: "shed", name: "Chuồng bò" },
    { id: "thua-1", kind: "parcel", name: "Đồi chè" },
  ])
    await server.api("/places", { method: "POST", body: JSON.stringify(place) });
  await server.api("/places/thua-1/cultivation", {
    method: "POST",
    body: JSON.stringify({ fromDate: "2026-01-01", crop: "tea", soilTexture: "clay" }),
  });
  const cow = { id: "bo-1", intervalMs: 60_000, place: "chuong-1" };
  const tea = { id: "che-1", intervalMs: 60_000, place: "thua-1" };
  const inShed = await connectNode(server, "bo-1", await addDevice(server, cow));
  const onHill = await connectNode(server, "che-1", await addDevice(server, tea));
  await inShed.send({ values: { "air.temperature": 33, "air.relativeHumidity": 75 } });
  await onHill.send({ values: { "soil.moisture": 46.5 } });

  const thi = await until(async () => {
    const { latest } = await server.api<Latest>("/devices/bo-1/latest");
    return latest.find(({ quantity }) => quantity === "air.thi");
  });
  expect(thi.value).toBeCloseTo(86.8, 0);

  const alert = await until(async () => {
    const { alerts } = await server.api<{ alerts: { rule: string; title: object }[] }>("/alerts");
    return alerts.find(({ rule }) => rule === "thirsty");
  });
  // Clay at 46.5 % has used up half of what lies between 54 and 39.
  expect(alert.title).toEqual({ vi: "Chè khát: 50%", en: "Thirsty tea: 50%" });

  const inHalfAnHour = Date.now() + 1_800_000;
  const tested = await server.api<{ rules: { name: string; fired: number }[] }>("/rules/test", {
    method: "POST",
    body: JSON.stringify({
      text: "rules:\n  - { kind: threshold, name: hot, severity: info, quantity: air.thi, above: 80, title: { vi: N, en: H }, advice: { vi: Q, en: F } }",
      fromMs: inHalfAnHour - 86_400_000,
      toMs: inHalfAnHour,
    }),
  });
  expect(tested.rules).toMatchObject([{ name: "hot", fired: 1 }]);
  await inShed.end();
  await onHill.end();
});
