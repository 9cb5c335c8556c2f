import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { type Interpreted, interpret } from "./interpret.ts";
import { readMapping } from "./mapping.ts";
import { survey } from "./survey.ts";

const folder = mkdtempSync(join(tmpdir(), "canhdong-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string, { packed = false } = {}): string {
  const file = join(folder, `${files++}.csv${packed ? ".gz" : ""}`);
  writeFileSync(file, packed ? gzipSync(text) : text);
  return file;
}

const mappingOf = (mapping: object) => readMapping(stringify(mapping), "mapping");
const time = { columns: ["t"], format: "iso" };
const at = (text: string) => Date.parse(`${text}Z`);

async function allOf(found: AsyncIterable<Interpreted>): Promise<Interpreted[]> {
  const list: Interpreted[] = [];
  for await (const one of found) list.push(one);
  return list;
}

function interpreted(text: string, mapping: object, skipFlagged = false): Promise<Interpreted[]> {
  return allOf(interpret(fileOf(text), mappingOf(mapping), { skipFlagged }));
}

async function measured(text: string, mapping: object, skipFlagged = false) {
  const found = await interpreted(text, mapping, skipFlagged);
  return found.flatMap((one) => ("measurements" in one ? one.measurements : []));
}

test("one column a device: each row is a measurement of each", async () => {
  const mapping = {
    time: { columns: ["day", "hour"], format: "%Y-%m-%d %H" },
    devices: ["a", "b"].map((id) => ({ id, values: { "soil.moisture": id.toUpperCase() } })),
  };
  expect(await measured("day,hour,A,B\n2022-11-15,7,11.45,38\n", mapping)).toEqual(
    [
      ["a", 11.45],
      ["b", 38],
    ].map(([device, value]) => ({
      device,
      measuredAtMs: at("2022-11-15T07:00:00"),
      values: { "soil.moisture": value },
      flagged: 0,
    })),
  );
});

test("what is missing is not sent; what is no number is sent as it was written", async () => {
  const values = { "air.temperature": "a", "air.relativeHumidity": "b" };
  const rows = await measured(
    't,a,b\n2022-01-01 00:00,NA,\n2022-01-01 01:00,"****",\n2022-01-01 02:00,1e1,-.5\n2022-01-01 03:00, 7 ,0x10\n',
    { time, devices: [{ id: "a", values }] },
  );
  expect(rows.map((row) => row.values)).toEqual([
    { "air.temperature": "****" },
    { "air.temperature": 10, "air.relativeHumidity": -0.5 },
    { "air.temperature": 7, "air.relativeHumidity": "0x10" },
  ]);
});

test("rows of several sites go to the devices that the mapping says", async () => {
  const text = "t,site,v\n2022-01-01 00:00,Test2,1\n2022-01-01 01:00,test2,2\n2022-01-01 02:00,Ao số 3,3\n";
  const devices = [
    { id: "one", where: { column: "site", is: ["Test2", "test2"] }, values: { "water.ph": "v" } },
    { id: "site-{site}", where: { column: "site", is: "Ao số 3" }, values: { "water.ph": "v" } },
  ];
  const rows = await measured(text, { time, devices });
  expect(rows.map(({ device, values }) => [device, values["water.ph"]])).toEqual([
    ["one", 1],
    ["one", 2],
    ["site-ao-s-3", 3],
  ]);
});

test("what the source has rejected is sent and counted, or left out on demand", async () => {
  const value = { column: "v", flag: { column: "f", rejected: ["<-3>"] } };
  const mapping = { time, devices: [{ id: "a", values: { "water.ph": value } }] };
  const text = "t,v,f\n2022-01-01 00:00,7,<0>\n2022-01-01 01:00,50,<-3> [GIM] (CSM)\n";
  expect((await measured(text, mapping)).map(({ values, flagged }) => [values["water.ph"], flagged])).toEqual(
    [
      [7, 0],
      [50, 1],
    ],
  );
  expect((await measured(text, mapping, true)).map(({ values }) => values["water.ph"])).toEqual([7]);
});

test("title lines, comments, other separators, a byte-order mark and packed files are read", async () => {
  const text = "\ufeffPlot title\nt;v\n# pause\n2022-01-01 00:00;12,5\n\n2022-01-01 01:00;-1\n";
  const mapping = mappingOf({
    delimiter: ";",
    skipLines: 1,
    comment: "#",
    decimalComma: true,
    time,
    devices: [{ id: "a", values: { "air.temperature": "v" } }],
  });
  for (const packed of [false, true]) {
    const found = await allOf(interpret(fileOf(text, { packed }), mapping, { skipFlagged: false }));
    const values = found
      .flatMap((one) => ("measurements" in one ? one.measurements : []))
      .map((one) => one.values);
    expect(values).toEqual([{ "air.temperature": 12.5 }, { "air.temperature": -1 }]);
  }
});

test("a file without a header is read by the places of its columns", async () => {
  const mapping = {
    header: false,
    time: { columns: [1], format: "unix" },
    devices: [{ id: "a", values: { "water.ph": 2 } }],
  };
  expect(await measured("1640995200,7.1\n", mapping)).toMatchObject([
    { measuredAtMs: at("2022-01-01T00:00:00"), values: { "water.ph": 7.1 } },
  ]);
});

test("a row without a readable time is told with its line, and the others go on", async () => {
  const found = await interpreted("t,v\n2022-01-01 00:00,1\nsoon,2\n2022-01-01 02:00,3\n", {
    time,
    devices: [{ id: "a", values: { "water.ph": "v" } }],
  });
  expect(found.map((one) => ("unreadable" in one ? one.unreadable : null))).toEqual([
    null,
    { line: 3, reason: '"soon" is no time of the form iso' },
    null,
  ]);
});

test("a column that is not there is told together with those that are", async () => {
  const mapping = {
    time: { columns: ["when"], format: "iso" },
    devices: [{ id: "a", values: { "water.ph": "pH", "water.temperature": "Temp" } }],
  };
  await expect(interpreted("t,Temp A,Temp B\n1,2,3\n", mapping)).rejects.toThrow(
    /"when": no column begins so.*\n.*"pH".*\n.*"Temp": 2 columns begin so; there are "t", "Temp A", "Temp B"/,
  );
});

test("a survey counts what is there twice", async () => {
  const text = "t,a,b\n2022-01-01 00:00,1,\n2022-01-01 00:00,2,3\n2022-01-01 01:00,4,5\nsoon,1,1\n";
  const mapping = mappingOf({ time, devices: [{ id: "x", values: { "water.ph": "a", "water.ec": "b" } }] });
  expect(await survey(fileOf(text), mapping, { skipFlagged: false })).toEqual({
    rows: 4,
    readings: 5,
    unreadable: { rows: 1, first: [expect.objectContaining({ line: 5 })] },
    devices: [
      {
        device: "x",
        quantities: ["water.ph", "water.ec"],
        measurements: 3,
        readings: 5,
        repeated: 1,
        flagged: 0,
        firstMs: at("2022-01-01T00:00:00"),
        lastMs: at("2022-01-01T01:00:00"),
      },
    ],
  });
});
