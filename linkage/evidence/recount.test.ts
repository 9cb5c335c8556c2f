import { beforeAll, expect, test } from "vitest";
import { countIndicators } from "../indicators/count-indicators.ts";
import { planOf } from "../indicators/plans.ts";
import { edit, units } from "../registry/test-records.ts";
import { shippedUnits } from "../units/shipped-units.ts";
import { countEvidence, type EvidenceCount } from "./count-evidence.ts";
import { recount, soundHours } from "./recount.ts";
import { type Province, rawReadingsOf, rule, simulatedProvince, year } from "./simulated-province.ts";

const seed = Number(process.env.SEED ?? 42);
let province: Province;
let count: EvidenceCount;
let recounted: Map<string, string>;
beforeAll(async () => {
  province = simulatedProvince({ models: 300, nodes: 1500, seed });
  const contents = province.register.contentsAt(edit.nowMs);
  count = await countEvidence(year, { contents, units, source: province.source, rule });
  recounted = recount(province, (node) => soundHours(rawReadingsOf(node)));
  return () => province.register.close();
}, 600_000);

test(`the verdicts of a province of 1,500 nodes over a year equal an independent recount (seed ${seed})`, () => {
  const found = new Map(count.verdicts.map(({ model, iot }) => [model, iot]));
  expect(found).toEqual(recounted);
  expect(new Set(found.values())).toEqual(new Set(["yes", "no", "no-data"]));
});

test("the province has what a count must withstand, and a parcel that changed its model counts twice", () => {
  const devices = count.verdicts.flatMap((verdict) => verdict.devices.map(({ device }) => device));
  const changed = province.nodes.filter(
    ({ kind, stretches }) => kind === "changed-model" && stretches.length > 1,
  );
  expect(changed.length).toBeGreaterThan(20);
  expect(devices).toHaveLength(province.nodes.length + changed.length);
  const counting = count.verdicts.flatMap((verdict) => verdict.devices.filter(({ counts }) => counts));
  const cheaters = province.nodes.filter(({ kind }) => kind === "constant" || kind === "flooding");
  expect(cheaters.length).toBeGreaterThan(50);
  expect(counting.filter(({ device }) => cheaters.some((node) => node.device === device))).toEqual([]);
});

test("the indicators add the verdicts up, in the communes of the merger", () => {
  const contents = province.register.contentsAt(edit.nowMs);
  const results = countIndicators(planOf("ha-tinh")!, count, { contents, units, rule });
  const of = (id: string) => results.find(({ indicator }) => indicator === id)!;
  const verdicts = [...recounted.values()];
  expect(of("zone-models-iot")).toMatchObject({
    numerator: verdicts.filter((verdict) => verdict === "yes").length,
    denominator: 300,
    noData: verdicts.filter((verdict) => verdict === "no-data").length,
  });
  const today = new Set(
    province.models.map(({ commune, communeAsOf }) =>
      communeAsOf < "2025-07-01" ? commune.successors[0]! : commune.code,
    ),
  );
  const rural = shippedUnits().filter(
    ({ code, kind, validTo, province: lies }) =>
      kind === "xã" && validTo === null && lies === "42" && today.has(code),
  );
  expect(of("communes-in-linkage")).toMatchObject({ numerator: rural.length, denominator: 60 });
});
