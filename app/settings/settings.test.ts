import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parseSettings } from "./read-settings.ts";

const example = resolve(import.meta.dirname, "../../canhdong.example.yaml");

const problems = (text: string): string => {
  try {
    parseSettings(text, "/etc/canhdong", "canhdong.yaml");
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};
/** Notifiers are functions, which are never equal. */
const comparable = (text: string) => {
  const { notifiers, ...rest } = parseSettings(text, "/etc/canhdong", "canhdong.yaml");
  return { ...rest, notifiers: Object.keys(notifiers) };
};

test("the commented example shows every setting with its default", () => {
  expect(comparable(readFileSync(example, "utf8"))).toEqual(comparable(""));
});

test("the intake that the example shows commented out is right", () => {
  const shown = readFileSync(example, "utf8")
    .replace(/^intakes: \[\]/m, "intakes:")
    .replace(/^#(?= {2,})/gm, "");
  expect(parseSettings(shown, "/etc/canhdong", "canhdong.yaml").intakes).toMatchObject([
    { name: "chirpstack", clientId: "canhdong-chirpstack", share: "workers", tls: { verify: "full" } },
  ]);
});

test("every problem is told at once, with its line and what would be right", () => {
  const told = problems(`
broker:
  mqttPort: abc
  limits: { maxTopicLevels: 1000 }
colour: red
readings:
  keepDays: { soil.mood: 3 }
notifiers:
  hook: { kind: webhook, url: "https://example.vn/hook" }
`);
  expect(told).toContain("The configuration has 5 problems");
  expect(told).toMatch(/canhdong\.yaml:3 {2}broker\.mqttPort: .*number/);
  expect(told).toMatch(/canhdong\.yaml:4 {2}broker\.limits\.maxTopicLevels: .*100/);
  expect(told).toMatch(/canhdong\.yaml:5 {2}colour: is not a setting/);
  expect(told).toMatch(/canhdong\.yaml:7 {2}readings\.keepDays.*soil\.mood/);
  expect(told).toMatch(/notifiers\.hook\.key: is missing/);
});

test("a mistyped setting inside a part is not silently ignored", () => {
  expect(problems("broker: { mqttPrt: 1884 }")).toMatch(/broker\.mqttPrt: is not a setting/);
  expect(problems("broker: { limits: { uplinksPerSec: 5 } }")).toMatch(
    /broker\.limits\.uplinksPerSec: is not a setting/,
  );
});

test("what is not YAML is told with its line", () => {
  expect(problems("data: ./data\nbroker: [")).toMatch(/canhdong\.yaml:\d+ {2}/);
});

test("a secret of a notifier is found beside the configuration; openly it must not stand there", () => {
  expect(problems("notifiers: { bot: { kind: telegram, token: { file: no/token } } }")).toContain(
    `notifiers.bot.token: names the file ${join("/etc/canhdong", "no/token")}, which cannot be read (ENOENT)`,
  );
  const openly = problems('notifiers:\n  bot: { kind: telegram, token: "12:secret" }');
  expect(openly).toMatch(/canhdong\.yaml:2 {2}notifiers\.bot\.token: must not stand here openly/);
  expect(openly).not.toContain("12:secret");
});

test("paths are relative to the configuration, not to where the command was typed", () => {
  const { data, backups, rules, broker, intakes } = parseSettings(
    `data: d
backups: b
rules: r.yaml
broker: { tls: { certFile: c.pem, keyFile: k.pem } }
intakes:
  - { name: chirpstack, url: mqtts://mqtt.example.vn, filters: ["a/#"], tls: { caFile: ca.pem } }`,
    "/etc/canhdong",
    "canhdong.yaml",
  );
  expect([data, backups, rules[0]?.from, broker.tls?.certFile, intakes[0]?.tls.caFile]).toEqual(
    ["d", "b", "r.yaml", "c.pem", "ca.pem"].map((name) => join("/etc/canhdong", name)),
  );
});

test("the count of linkage models names a plan, a rule in force and a folder beside the configuration", () => {
  const { linkage } = parseSettings(
    `linkage: { plan: ha-tinh, rule: { model: { useWeeks: 2 } }, export: { folder: out } }`,
    "/etc/canhdong",
    "canhdong.yaml",
  );
  expect(linkage).toMatchObject({
    plan: "ha-tinh",
    rule: { model: { useWeeks: 2, completeness: 0.7 } },
    openData: { enabled: false },
    export: { folder: join("/etc/canhdong", "out"), at: "02:30" },
  });
  expect(problems("linkage: { plan: ha-noi }")).toMatch(/linkage\.plan: must be one of ha-tinh, /);
  expect(problems('linkage: { export: { folder: out, at: "25:00" } }')).toMatch(
    /linkage\.export\.at: .*02:30/,
  );
});

test("rules are packs by name and files, alone or several, each perhaps for some places", () => {
  const rulesOf = (written: string) =>
    parseSettings(`rules: ${written}`, "/etc/canhdong", "canhdong.yaml").rules;
  expect(rulesOf("rice")).toEqual([{ from: "rice" }]);
  expect(rulesOf("[rice, ./mine.yaml, { from: shrimp, scope: { places: [ao-1] } }]")).toEqual([
    { from: "rice" },
    { from: "/etc/canhdong/mine.yaml" },
    { from: "shrimp", scope: { places: ["ao-1"] } },
  ]);
  expect(problems("rules: [rice, wheat]")).toMatch(/rules\.1: there is no pack wheat; there are: .*rice/);
});

test("an InfluxDB is chosen with its block; its token is found beside the configuration", () => {
  const told = problems("readings: { store: influxdb }");
  expect(told).toMatch(/canhdong\.yaml:1 {2}readings\.influxdb: is missing/);
  const block = (rest: string) =>
    `readings:\n  store: influxdb\n  influxdb: { url: "http://127.0.0.1:8086/"${rest} }`;
  expect(problems(block(""))).toMatch(/readings\.influxdb\.organisation: is missing: v2 asks for it/);
  expect(problems(block(", organisation: so, token: abc"))).toMatch(
    /readings\.influxdb\.token: must not stand here openly/,
  );
  expect(problems(block(", organisation: so, token: { file: no/token }"))).toContain(
    `names the file ${join("/etc/canhdong", "no/token")}`,
  );
  expect(parseSettings(block(", api: v1"), "/etc/canhdong", "c.yaml").readings).toMatchObject({
    store: "influxdb",
    influxdb: { url: "http://127.0.0.1:8086", api: "v1", database: "canhdong" },
  });
});
