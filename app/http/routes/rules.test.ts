import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openArming } from "../../../ingest/alerts/index.ts";
import { readRuleFiles, rulesTextOf } from "../../../ingest/rules/index.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

const minute = 60_000;
const hour = 60 * minute;
const days = 4;

let farm: FarmServer;
let span: { fromMs: number; toMs: number };
beforeAll(async () => {
  farm = await openFarmServer();
  const toMs = farm.time.nowMs;
  span = { fromMs: toMs - days * 24 * hour, toMs };
  // From two to five each night the pond is short of oxygen. The farm's clock stands at noon.
  farm.registry.moveDevice("pond-1", "pond-binh", span.fromMs);
  const measured = Array.from({ length: days * 144 }, (_, n) => {
    const hours = (12 + n / 6) % 24;
    const value = hours >= 2 && hours < 5 ? 1.5 + hours / 100 : 6 + hours / 100;
    return {
      device: "pond-1",
      quantity: "water.dissolvedOxygen",
      value,
      atMs: span.fromMs + n * 10 * minute,
    };
  });
  await farm.measure(...measured);
}, 60_000);
afterAll(() => farm.close());

const asks = async (person: string, asked: object): Promise<Record<string, unknown>> => {
  const answer = await farm.send(person, "POST", "/rules/test", { ...span, ...asked });
  return { ...((await answer.json()) as object), status: answer.status };
};

test("packs tell their rules, armed or not, in both languages", async () => {
  const { packs } = (await (await farm.ask("trang", "/rules/packs")).json()) as {
    packs: { name: string; about: unknown; rules: { name: string; armed: boolean }[] }[];
  };
  const shrimp = packs.find(({ name }) => name === "shrimp")!;
  expect(shrimp.about).toEqual({ vi: "Tôm thẻ chân trắng", en: "Whiteleg shrimp" });
  expect(shrimp.rules).toContainEqual(
    expect.objectContaining({ name: "shrimp.oxygen", armed: true, quantity: "water.dissolvedOxygen" }),
  );
  const clean = packs.find(({ name }) => name === "clean-water")!;
  expect(clean.rules.map(({ armed }) => armed)).toEqual([false, false]);
});

test("a rule tells its limit in words, its source, and which of the places that one may see it watches", async () => {
  const { packs } = (await (await farm.ask("trang", "/rules/packs")).json()) as {
    packs: { name: string; rules: { name: string }[] }[];
  };
  const ofPack = (name: string) => packs.find((pack) => pack.name === name)!.rules;
  expect(ofPack("freshwater-fish").find(({ name }) => name === "fish.oxygen")).toMatchObject({
    levels: [
      {
        severity: "critical",
        armed: true,
        when: { vi: "dưới 2 mg/l suốt 10 phút; hết khi trở lại mức 3 mg/l" },
      },
      { severity: "warning", source: expect.stringContaining("Quảng Thọ") },
    ],
    watches: { devices: 1, places: [{ id: "pond-binh", name: "Ao nhà Bình" }] },
  });
  expect(ofPack("rice").map(({ name }) => name)).toContain("rice.awd-reflood");
  const minhs = (await (await farm.ask("minh", "/rules/packs")).json()) as typeof packs & {
    packs: typeof packs;
  };
  const fish = minhs.packs.find(({ name }) => name === "freshwater-fish")!;
  expect(fish.rules[0]).toMatchObject({ watches: { devices: 0, places: [] } });
});

test("the rules of this installation are listed and tested as those of a pack", async () => {
  const file = readRuleFiles([rulesTextOf("freshwater-fish")], null);
  const [oxygen, ...others] = file.rules;
  const ours = await openFarmServer({ rules: { rules: [oxygen!], unarmed: others.slice(0, 1) } });
  try {
    const { rules } = (await (await ours.ask("trang", "/rules")).json()) as { rules: object[] };
    expect(rules).toMatchObject([
      { name: "fish.oxygen", armed: true },
      { name: "fish.ph", armed: false },
    ]);
    const span = { fromMs: ours.time.nowMs - 24 * hour, toMs: ours.time.nowMs };
    await ours.measure({
      device: "pond-1",
      quantity: "water.dissolvedOxygen",
      value: 1,
      atMs: span.fromMs + hour,
    });
    const answer = await ours.send("trang", "POST", "/rules/test", {
      ...span,
      here: true,
      rule: ["fish.oxygen"],
    });
    expect(await answer.json()).toMatchObject({ readings: 1, rules: [{ name: "fish.oxygen", fired: 0 }] });
    expect((await ours.ask("hoa", "/rules")).status).toBe(403);
  } finally {
    await ours.close();
  }
});

describe("arming", () => {
  const file = readRuleFiles([rulesTextOf("freshwater-fish")], null);
  const ours = { rules: file.rules.slice(0, 1), unarmed: file.rules.slice(1, 2) };
  const [oxygen, unconfirmed] = [ours.rules[0]!.name, ours.unarmed[0]!.name];

  async function openOffice() {
    const folder = mkdtempSync(join(tmpdir(), "canhdong-arming-route-"));
    const arming = openArming(join(folder, "watch.db"), ours);
    const told: string[][] = [];
    const say = (word: Parameters<typeof arming.say>[0]) => {
      arming.say(word, office.time.nowMs);
      told.push(arming.armed().map(({ name }) => name));
    };
    const office = await openFarmServer({ rules: ours, arming: { ...arming, say } });
    onTestFinished(async () => {
      await office.close();
      arming.close();
      rmSync(folder, { recursive: true });
    });
    const arms = (person: string, rule: string, body: object) =>
      office.send(person, "POST", `/rules/${rule}/arming`, body);
    return { office, told, arms };
  }

  test("holds at once, with who said it, when and why", async () => {
    const { office, told, arms } = await openOffice();
    const { rules } = (await (await arms("lan", oxygen, { armed: false })).json()) as { rules: object[] };
    expect(rules[0]).toMatchObject({
      armed: false,
      arming: { configured: true, lapsed: false, word: { armed: false, who: "Lan", reason: null } },
    });
    await arms("lan", unconfirmed, { armed: true, reason: "đo ở trại 3 năm" });
    expect(told).toEqual([[], [unconfirmed]]);
    const history = await office.ask("lan", `/rules/${unconfirmed}/arming`);
    expect(await history.json()).toEqual({
      words: [{ armed: true, who: "Lan", atMs: office.time.nowMs, reason: "đo ở trại 3 năm" }],
    });
  });

  test("an unconfirmed limit needs a reason, and each refusal says which it is", async () => {
    const { told, arms } = await openOffice();
    const codeOf = async (answer: Promise<Response>) => {
      const response = await answer;
      return [response.status, ((await response.json()) as { error: string }).error];
    };
    expect(await codeOf(arms("lan", unconfirmed, { armed: true }))).toEqual([400, "unconfirmed-limit"]);
    expect(await codeOf(arms("lan", "frost", { armed: true }))).toEqual([404, "no-such-rule"]);
    // Trang is an officer of the whole installation, Minh of one commune.
    expect((await arms("trang", oxygen, { armed: false })).status).toBe(200);
    expect(await codeOf(arms("minh", oxygen, { armed: true }))).toEqual([403, "forbidden"]);
    expect(await codeOf(arms("hoa", oxygen, { armed: true }))).toEqual([403, "forbidden"]);
    expect(told).toEqual([[]]);
  });
});

test("a pack is tested over what was measured, with words and a plot", async () => {
  const answer = await asks("trang", { pack: "freshwater-fish" });
  expect(answer).toMatchObject({
    status: 200,
    devices: 1,
    words: { en: "would have fired 4 times, 4 at night", vi: "lẽ ra đã báo 4 lần, 4 lần vào ban đêm" },
    plot: { device: "pond-1", quantity: "water.dissolvedOxygen", svg: expect.stringMatching(/^<svg/) },
  });
  expect(answer.rules).toContainEqual(
    expect.objectContaining({ name: "fish.oxygen", fired: 4, atNight: 4, severity: "critical" }),
  );
  expect(answer.rules).toContainEqual(expect.objectContaining({ name: "fish.ph", fired: 0 }));
});

test("a file that is not armed yet is tested by its text, and one of its rules alone", async () => {
  const rule = (name: string, below: number) => `
  - kind: threshold
    name: ${name}
    severity: warning
    quantity: water.dissolvedOxygen
    below: ${below}
    title: { vi: Thiếu oxy, en: Low }
    advice: { vi: Sục khí, en: Aerate }`;
  const text = `rules:${rule("low", 3)}${rule("lower", 1)}`;
  expect(await asks("lan", { text, rule: ["low"] })).toMatchObject({ status: 200, rules: [{ fired: 4 }] });
  expect(await asks("lan", { text })).toMatchObject({ rules: [{ fired: 4 }, { fired: 0 }] });
  expect(await asks("lan", { text, rule: ["high"] })).toMatchObject({
    status: 400,
    message: expect.stringContaining("there are: low, lower"),
  });
});

test("rules with mistakes are told with their lines", async () => {
  expect(await asks("lan", { text: "rules:\n  - kind: mood\n" })).toMatchObject({
    status: 400,
    details: [{ path: "line 2, rules.0.kind", message: expect.stringContaining("must have a kind") }],
  });
  expect(await asks("lan", { pack: "wheat" })).toMatchObject({ status: 400 });
  expect(await asks("lan", {})).toMatchObject({ status: 400 });
});

test("an officer tests with the devices of their communes, a farmer not at all", async () => {
  const minhs = await asks("minh", { pack: "freshwater-fish" });
  expect(minhs).toMatchObject({ status: 200, devices: 0, words: { en: "would not have fired" } });
  expect(await asks("minh", { pack: "freshwater-fish", device: ["pond-1"] })).toMatchObject({ status: 404 });
  expect(await asks("hoa", { pack: "freshwater-fish" })).toMatchObject({ status: 403 });
});
