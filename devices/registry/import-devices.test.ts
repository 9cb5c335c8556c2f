import { expect, test } from "vitest";
import { importDevices } from "./import-devices.ts";
import type { Registry } from "./registry.ts";
import { temporaryRegistry } from "./temporary-registry.ts";

const now = 1_763_712_000_000;

function farm(): Registry {
  const { registry } = temporaryRegistry();
  registry.addPlace({ id: "ao-1", kind: "pond", name: "Ao 1" }, 1);
  return registry;
}

function problemsOf(registry: Registry, csv: string): string[] {
  const revision = registry.revision();
  const report = importDevices(registry, csv, now);
  expect(registry.revision()).toBe(revision);
  if (report.ok) throw new Error("was imported");
  return report.problems.map(({ line, column, message }) => `${line} ${column ?? "-"}: ${message}`);
}

test("every column arrives in its unit, with a secret that works", () => {
  const registry = farm();
  const report = importDevices(
    registry,
    "id,label,model,dev_eui,interval_s,place,latitude,longitude,mounting_height_cm\n" +
      'do-1,"Ao 1, góc bắc",em500-udl,24-E1-24-71-3B-1C-05-30,600,ao-1,18.34,105.9,150\n' +
      "soil-1,,,,,,,,\n",
    now,
  );
  if (!report.ok) throw new Error(JSON.stringify(report.problems));
  expect(report.devices.map(({ line, id }) => ({ line, id }))).toEqual([
    { line: 2, id: "do-1" },
    { line: 3, id: "soil-1" },
  ]);
  for (const { id, secret } of report.devices) expect(registry.verifyDevice(id, secret, now)).toBe(true);
  expect(registry.device("do-1")).toEqual({
    id: "do-1",
    label: "Ao 1, góc bắc",
    model: "em500-udl",
    devEui: "24e124713b1c0530",
    intervalMs: 600_000,
    mountingHeightCm: 150,
    latitude: 18.34,
    longitude: 105.9,
    gateway: null,
    addedAtMs: now,
    removedAtMs: null,
  });
  expect(registry.placementsOf("do-1")).toEqual([{ device: "do-1", place: "ao-1", fromMs: now, toMs: null }]);
  expect(registry.device("soil-1")).toMatchObject({ label: "soil-1", model: "native", intervalMs: null });
});

test("a table as Excel in Viet Nam writes it: byte order mark, semicolons, decimal commas, CRLF, empty rows", () => {
  const registry = farm();
  const csv =
    "\uFEFFID;Label;latitude;longitude\r\nsoil-1;Ruộng 1, đồng Bàu;18,34;105,9\r\n;;;\r\nsoil-2;;;\r\n;;;\r\n";
  const report = importDevices(registry, csv, now);
  expect(report).toMatchObject({ ok: true, devices: [{ line: 2 }, { line: 4 }] });
  expect(registry.device("soil-1")).toMatchObject({
    label: "Ruộng 1, đồng Bàu",
    latitude: 18.34,
    longitude: 105.9,
  });
});

test("a table of ids alone, pasted with tabs or not, is enough", () => {
  const registry = farm();
  expect(importDevices(registry, "id\nsoil-1\nsoil-2", now).ok).toBe(true);
  expect(importDevices(registry, "id\tlabel\nsoil-3\tRuộng 3\n", now).ok).toBe(true);
  expect(registry.devices().map(({ id }) => id)).toEqual(["soil-1", "soil-2", "soil-3"]);
});

test("every bad line is named, and none of the good ones is imported", () => {
  const registry = farm();
  registry.addDevice({ id: "taken" }, 1);
  const csv = [
    "id,interval_s,place,latitude,longitude",
    "good-1,60,ao-1,,",
    "Bad Id,60,,,",
    ",60,,,",
    "soil-3,often,,,",
    "soil-4,0,,,",
    "soil-5,60,ao-9,,",
    "good-1,60,,,",
    "taken,60,,,",
    "soil-8,60,,91,105",
    "soil-9,60,,18,",
    "soil-10,60,,18,105,7",
    "good-2,60,,18,105",
  ].join("\n");
  const problems = problemsOf(registry, csv);
  expect(problems.map((text) => text.split(":")[0])).toEqual([
    "3 id",
    "4 id",
    "5 interval_s",
    "6 interval_s",
    "7 place",
    "8 id",
    "9 id",
    "10 latitude",
    "11 latitude",
    "12 -",
  ]);
  expect(problems[0]).toContain('"Bad Id" must be 1 to 64 of the characters a-z');
  expect(problems[2]).toContain('"often" is no number');
  expect(problems[4]).toContain('there is no place "ao-9"');
  expect(problems[5]).toContain('"good-1" stands on line 2 already');
  expect(problems[6]).toContain('there is a device "taken" already');
  expect(problems[9]).toContain("has 6 cells, the header 5");
  expect(registry.devices().map(({ id }) => id)).toEqual(["taken"]);
});

test("a DevEUI that is no EUI, comes twice or is a device already is named", () => {
  const registry = farm();
  registry.addDevice({ id: "old", devEui: "a840410000000009" }, 1);
  const csv =
    "id,dev_eui\na,A840410000000001\nb,a8-40-41-00-00-00-00-01\nc,A8404100\nd,A840410000000009\ne,\nf,\n";
  expect(problemsOf(registry, csv)).toEqual([
    '3 dev_eui: "a840410000000001" stands on line 2 already',
    "4 dev_eui: must be 16 hexadecimal digits, such as a84041ffff123456",
    '5 dev_eui: "a840410000000009" is the device "old" already',
  ]);
});

test("an unknown column is refused with the names of the known ones", () => {
  expect(problemsOf(farm(), "id,colour\nsoil-1,red\n")).toEqual([
    '1 -: unknown column "colour"; known are id, label, model, dev_eui, interval_s, place, latitude, longitude, mounting_height_cm',
  ]);
});

test("a header without id, or with a column twice, is refused", () => {
  expect(problemsOf(farm(), "label\nRuộng 1\n")).toEqual([
    expect.stringMatching(/^1 id: the column is missing/),
  ]);
  expect(problemsOf(farm(), "id,id\na,b\n")).toEqual([
    expect.stringMatching(/^1 id: the column is there twice/),
  ]);
});

test("an empty table, and one without devices, is refused", () => {
  expect(problemsOf(farm(), "")).toEqual([expect.stringMatching(/^1 -: the table is empty/)]);
  expect(problemsOf(farm(), "id,label\n\n")).toEqual([expect.stringMatching(/^1 -: there is no device/)]);
});

test("a quote that never ends is a problem with its line, not a crash", () => {
  expect(problemsOf(farm(), 'id,label\nsoil-1,"Ruộng\nsoil-2,x\n')).toEqual([
    expect.stringMatching(/^\d+ -: /),
  ]);
});

test("lines are counted as an editor does, quoted line breaks included", () => {
  const csv = 'id,label\nsoil-1,"hai\ndòng"\nBad Id,x\n';
  expect(problemsOf(farm(), csv)).toEqual([
    expect.stringMatching(/^3 label: must be one line/),
    expect.stringMatching(/^4 id: /),
  ]);
});

test("a removed device may be imported again", () => {
  const registry = farm();
  registry.addDevice({ id: "soil-1" }, 1);
  registry.removeDevice("soil-1", 2);
  expect(importDevices(registry, "id\nsoil-1\n", now).ok).toBe(true);
});
