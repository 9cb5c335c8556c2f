import { describe, expect, test } from "vitest";
import { type DateSpan, datesOf, hourMs, startOfDateMs } from "../../calendar/index.ts";
import type { RecordKind } from "../registry/record-kinds.ts";
import {
  calibration,
  edit,
  filledRegister,
  model,
  participation,
  units,
  zone,
} from "../registry/test-records.ts";
import { countEvidence } from "./count-evidence.ts";
import { CountingRule } from "./counting-rule.ts";
import { dataQuality } from "./data-quality.ts";
import type { DevicePlacement, HumanAct } from "./evidence-source.ts";
import { hoursIn } from "./hour-masks.ts";
import { type RawReading, sourceOf } from "./test-source.ts";

const period: DateSpan = { from: "2026-03-15", to: "2026-06-14" };
const dates = datesOf(period);
const inZone = { latitude: 18.305, longitude: 105.905 };

/** A quarter of the Cẩm Bình rice model, whose 35.5 ha need two devices. */
function quarter() {
  const placements: DevicePlacement[] = [];
  const readings: RawReading[] = [];
  const acts: HumanAct[] = ["2026-03-20", "2026-04-20", "2026-05-20"].map((date) => ({
    model: model.id,
    atMs: startOfDateMs(date),
  }));
  let rule = CountingRule.parse({});
  let fields: object = {};
  const others: [RecordKind, object][] = [];
  const farm = {
    device(device: string, options: Partial<DevicePlacement> = {}) {
      placements.push({
        device,
        model: model.id,
        fromMs: 0,
        toMs: Number.MAX_SAFE_INTEGER,
        intervalMs: 900_000,
        position: inZone,
        ...options,
      });
      return farm;
    },
    /** One reading in each of `hours` of each of the days; values move unless told otherwise. */
    sends(
      device: string,
      options: { days?: readonly string[]; hours?: number; value?: (i: number) => number } = {},
    ) {
      const { days = dates, hours = 24, value = (i) => 20 + (i % 7) } = options;
      for (const [d, date] of days.entries())
        for (let hour = 0; hour < hours; hour++) {
          const atMs = startOfDateMs(date) + hour * hourMs;
          readings.push({ device, quantity: "soil.moisture", atMs, value: value(d * 24 + hour) });
        }
      return farm;
    },
    readings,
    acts,
    rule(change: object) {
      rule = CountingRule.parse(change);
      return farm;
    },
    model(change: object) {
      fields = change;
      return farm;
    },
    /** Other records of the register. */
    registered(kind: RecordKind, record: object) {
      others.push([kind, record]);
      return farm;
    },
    async verdicts() {
      const register = filledRegister();
      register.put("model", { ...model, ...fields }, edit);
      for (const [kind, record] of others) register.put(kind, record, edit);
      const source = sourceOf({ placements, readings, acts });
      const contents = register.contentsAt(edit.nowMs);
      const { verdicts } = await countEvidence(period, { contents, units, source, rule });
      return verdicts;
    },
    async verdict() {
      return (await farm.verdicts()).find((verdict) => verdict.model === model.id)!;
    },
  };
  return farm;
}

const twoGood = () => quarter().device("a").device("b").sends("a").sends("b");
const share = (part: number) => dates.slice(0, Math.round(dates.length * part));

test("a model with enough live devices, data, use and positions counts, and says why in both languages", async () => {
  const verdict = await twoGood().verdict();
  expect(verdict).toMatchObject({ eligible: true, zoneTied: true, iot: "yes", digital: "yes", lacks: [] });
  expect(verdict.because.vi).toBe(
    "Được tính: 2 thiết bị hoạt động đều (cần 2); dữ liệu đủ 100\u00a0% số giờ (cần 70\u00a0%); 3 tuần có người sử dụng dữ liệu (cần 3); 2/2 thiết bị có vị trí xác nhận trong vùng (cần 80\u00a0%).",
  );
  expect(verdict.because.en).toMatch(/^Counts: 2 devices active \(2 needed\); /);
});

test("a verdict unfolds to devices, days and hours", async () => {
  const verdict = await quarter()
    .device("a")
    .sends("a", { days: dates.slice(0, 1), hours: 12 })
    .verdict();
  expect(verdict.devices).toHaveLength(1);
  const [first, second] = verdict.devices[0]!.days;
  expect([first!.date, first!.active, hoursIn(first!.hours)]).toEqual([
    "2026-03-15",
    true,
    Array.from({ length: 12 }, (_, hour) => hour),
  ]);
  expect([second!.active, hoursIn(second!.hours)]).toEqual([false, []]);
});

test("a model at which no device stood has no data yet, which is not no", async () => {
  const verdict = await quarter().verdict();
  expect(verdict).toMatchObject({ iot: "no-data", zoneTied: true });
  expect(verdict.because.vi).toMatch(/^Chưa có số liệu/);
});

describe("a device counts", () => {
  test("with 60 % active days, and not with fewer", async () => {
    const days = (part: number) =>
      quarter()
        .device("a")
        .sends("a", { days: share(part) })
        .verdict();
    expect((await days(0.61)).devices[0]!.counts).toBe(true);
    expect((await days(0.59)).devices[0]!.counts).toBe(false);
  });

  test("by hours and not by messages: a million in eleven hours of the day are no active day", async () => {
    const farm = quarter().device("a").sends("a", { hours: 11 });
    for (let i = 0; i < 20_000; i++)
      farm.readings.push({
        device: "a",
        quantity: "soil.moisture",
        atMs: startOfDateMs(dates[0]!) + i,
        value: i,
      });
    expect((await farm.verdict()).devices[0]).toMatchObject({ activeDays: 0, counts: false });
  });

  test("not when its readings stand still", async () => {
    const verdict = await quarter()
      .device("a")
      .sends("a", { value: () => 30 })
      .verdict();
    expect(verdict.devices[0]).toMatchObject({ counts: false, activeDays: 0, flatHours: 24 * dates.length });
    expect(verdict.devices[0]!.because.vi).toContain("số đo đứng yên");
  });

  test("though it stands still for less than a day at a time", async () => {
    const verdict = await quarter()
      .device("a")
      .sends("a", { value: (i) => Math.floor(i / 23) })
      .verdict();
    expect(verdict.devices[0]).toMatchObject({ counts: true, flatHours: 0 });
  });

  test("not by its battery and radio alone", async () => {
    const farm = quarter().device("a");
    farm.sends("a");
    const radioOnly = farm.readings.map((reading) => ({ ...reading, quantity: "radio.rssi" }));
    farm.readings.splice(0, farm.readings.length, ...radioOnly);
    expect((await farm.verdict()).devices[0]).toMatchObject({ counts: false, validHours: 0 });
  });

  test("by half of its messages when it sends four times a day", async () => {
    const slow = (hours: number) =>
      quarter()
        .device("a", { intervalMs: 6 * hourMs })
        .sends("a", { hours })
        .verdict();
    expect((await slow(2)).devices[0]).toMatchObject({ counts: true, validHours: 2 * dates.length });
    expect((await slow(1)).devices[0]).toMatchObject({ counts: false });
    // More than it announced makes no day more than whole.
    expect((await slow(24)).devices[0]).toMatchObject({ validHours: 4 * dates.length });
  });

  test("for one model only, the one at which it stood longest", async () => {
    const moved = startOfDateMs("2026-05-20");
    const verdict = await quarter()
      .device("a", { toMs: moved })
      .device("a", { model: "another", fromMs: moved })
      .device("b", { model: "another", toMs: moved })
      .device("b", { fromMs: moved })
      .sends("a")
      .sends("b")
      .verdict();
    expect(verdict.devices.map(({ device }) => device)).toEqual(["a"]);
    expect(verdict.devices[0]!.activeDays).toBe(datesOf({ from: period.from, to: "2026-05-19" }).length);
  });
});

describe("a model does not count", () => {
  const failed = async (farm: ReturnType<typeof quarter>) => {
    const verdict = await farm.verdict();
    expect(verdict.iot).toBe("no");
    return verdict.checks.filter(({ met }) => !met).map(({ name }) => name);
  };

  test("with fewer devices than its area asks for", async () => {
    expect(await failed(quarter().device("a").sends("a"))).toEqual(["devices"]);
  });

  test("with too many gaps in the data of devices that count", async () => {
    expect(
      await failed(quarter().device("a").device("b").sends("a", { hours: 15 }).sends("b", { hours: 15 })),
    ).toEqual(["completeness"]);
  });

  test("when nobody used what it measured in three weeks", async () => {
    const farm = twoGood();
    // Three acts in one week are one week of use.
    farm.acts.splice(
      0,
      3,
      ...[0, 1, 2].map((day) => ({ model: model.id, atMs: startOfDateMs(`2026-04-0${6 + day}`) })),
    );
    expect(await failed(farm)).toEqual(["use"]);
  });

  test("when its devices stand elsewhere, or nobody confirmed where", async () => {
    const far = { latitude: 18.4, longitude: 105.9 };
    const near = { latitude: 18.3135, longitude: 105.905 };
    const at = (position: DevicePlacement["position"]) =>
      quarter().device("a").device("b", { position }).sends("a").sends("b");
    expect(await failed(at(far))).toEqual(["position"]);
    expect(await failed(at(null))).toEqual(["position"]);
    // 390 m from the outline: within the margin of 500 m.
    expect((await at(near).verdict()).iot).toBe("yes");
  });
});

test("days of force majeure are not held against a model, where they struck", async () => {
  const gap = { from: "2026-04-01", to: "2026-05-15" };
  const days = dates.filter((date) => date < gap.from || date > gap.to);
  const farm = (window: object) =>
    quarter()
      .device("a")
      .device("b")
      .sends("a", { days })
      .sends("b", { days })
      .rule({ forceMajeure: [window] });
  const storm = { name: "Bão số 5", ...gap };
  const struck = await farm({ ...storm, communes: ["18685"] }).verdict();
  expect(struck.iot).toBe("yes");
  expect(struck.excused).toHaveLength(45);
  expect((await farm({ ...storm, communes: ["18073"] }).verdict()).iot).toBe("no");
  expect((await farm({ ...storm, provinces: ["42"] }).verdict()).iot).toBe("yes");
});

test("out of season nothing is expected, and a season may go over the new year", async () => {
  const inSeason = dates.filter((date) => date >= "2026-05-20");
  const verdict = await quarter()
    .device("a")
    .device("b")
    .sends("a", { days: inSeason })
    .sends("b", { days: inSeason })
    .rule({ seasons: [{ product: "lua", from: "05-20", to: "01-31" }] })
    .verdict();
  expect(verdict.devices[0]).toMatchObject({ daysInSeason: 26, activeDays: 26 });
  expect(verdict.iot).toBe("yes");
});

test("proofs other than telemetry make it digital, and somebody's word makes it nothing", async () => {
  expect(await quarter().verdict()).toMatchObject({ iot: "no-data", digital: "yes" });
  const word = { kind: "attested", reference: "biên bản 12", from: "2026-01-01", to: "2026-12-31" };
  const attested = await quarter()
    .model({ proofs: [word] })
    .verdict();
  expect(attested).toMatchObject({ iot: "no-data", digital: "no-data", proofs: [] });
  expect(attested.attested).toEqual([{ kind: "attested", reference: "biên bản 12" }]);
  const old = { ...word, kind: "e-diary", from: "2025-01-01", to: "2025-12-31" };
  expect(
    await quarter()
      .model({ proofs: [old] })
      .verdict(),
  ).toMatchObject({ digital: "no-data" });
});

test("what the register lacks is told, in words of the register", async () => {
  const verdict = await twoGood()
    .model({
      contract: { ...model.contract, to: "2026-05-01" },
      zones: [],
      product: "cam",
      productName: "Cam",
    })
    .verdict();
  expect(verdict).toMatchObject({ eligible: false, zoneTied: false });
  expect(verdict.because.vi).toMatch(/hợp đồng hoặc dự án/);
  expect(verdict.because.vi).toMatch(/"Cam" không có trong danh mục/);
  expect(verdict.because.vi).toMatch(/vùng nguyên liệu/);
});

test("whether a code or a decision makes a zone is the province's to say", async () => {
  const tied = async (zoneTiedBy: string, change: object) => {
    const register = filledRegister();
    register.put("zone", { ...zone, ...change }, edit);
    const source = sourceOf({ placements: [], readings: [], acts: [] });
    const rule = CountingRule.parse({ zoneTiedBy });
    const contents = register.contentsAt(edit.nowMs);
    return (await countEvidence(period, { contents, units, source, rule })).verdicts[0]!.zoneTied;
  };
  const revoked = { plantingCodes: [{ ...zone.plantingCodes[0], status: "revoked" }] };
  expect(await tied("code-or-decision", revoked)).toBe(true);
  expect(await tied("code", revoked)).toBe(false);
  expect(await tied("decision", { decision: null })).toBe(false);
  expect(await tied("code", { decision: null })).toBe(true);
});

describe("a parcel that took part in a model for some days", () => {
  const other = { ...model, id: "lua-khac" };
  const onParcel = () =>
    quarter()
      .device("a", { place: "thua-1", model: null })
      .sends("a")
      .registered("model", other)
      .registered("participation", { ...participation, validTo: "2026-04-30" })
      .registered("participation", {
        ...participation,
        id: "thua-1-khac",
        model: other.id,
        validFrom: "2026-05-01",
      });

  test("counts for each model in its time, and is held to its own days there", async () => {
    const verdicts = await onParcel().verdicts();
    expect(
      verdicts.map(({ model: of, devices }) => [of, devices[0]!.daysInSeason, devices[0]!.counts]),
    ).toEqual([
      [model.id, datesOf({ from: period.from, to: "2026-04-30" }).length, true],
      [other.id, datesOf({ from: "2026-05-01", to: period.to }).length, true],
    ]);
  });

  test("counts for nobody on days that no record covers, nor for the model that its place names", async () => {
    const verdict = await quarter()
      .device("a", { place: "thua-1" })
      .sends("a")
      .registered("participation", { ...participation, validFrom: "2026-06-15" })
      .verdict();
    expect(verdict).toMatchObject({ iot: "no-data", devices: [] });
  });

  test("does not count for less than a third of the season: no node serves a model a week", async () => {
    const verdict = await quarter()
      .device("a", { place: "thua-1", model: null })
      .sends("a")
      .registered("participation", { ...participation, validFrom: "2026-06-01" })
      .verdict();
    expect(verdict.devices[0]).toMatchObject({ counts: false, activeDays: 14, daysInSeason: 14 });
    expect(verdict.devices[0]!.because.vi).toContain("chỉ tham gia 14/92 ngày trong vụ (cần 33\u00a0%)");
  });

  test("brings the use of its data to the model of that day", async () => {
    const farm = onParcel();
    farm.acts.splice(0, 3);
    for (const date of ["2026-04-06", "2026-05-04", "2026-05-11"])
      farm.acts.push({ place: "thua-1", model: null, atMs: startOfDateMs(date) });
    const used = (await farm.verdicts()).map(
      ({ checks }) => checks.find(({ name }) => name === "use")!.found,
    );
    expect(used).toEqual([1, 2]);
  });

  test("takes part in one model at a time", () => {
    const register = filledRegister();
    register.put("participation", participation, edit);
    const second = { ...participation, id: "thua-1-b", validFrom: "2026-01-01" };
    expect(() => register.put("participation", second, edit)).toThrow(/takes part in "lua-cam-binh"/);
  });
});

describe("calibration that ran out", () => {
  const overdue = () =>
    twoGood().registered("calibration", { ...calibration, device: "a", dueOn: "2026-05-14" });

  test("is told as data quality, and counts all the same unless the rule asks for it", async () => {
    const verdict = await overdue().verdict();
    expect(verdict.devices[0]).toMatchObject({ counts: true, uncalibratedDays: 31 });
    expect(verdict.devices[0]!.because.vi).toContain("quá hạn hiệu chuẩn 31 ngày");
    expect(verdict.devices[1]).toMatchObject({ uncalibratedDays: 0 });
    expect(dataQuality({ verdicts: [verdict] })).toMatchObject({ devices: 2, calibrationOverdue: 1 });
  });

  test("takes its days away where the rule asks for it, also of a device that has none", async () => {
    const verdict = await overdue()
      .rule({ device: { calibrationNeeded: true } })
      .verdict();
    expect(verdict.devices[0]).toMatchObject({ counts: true, activeDays: 61 });
    expect(verdict.devices[1]).toMatchObject({ counts: false, activeDays: 0 });
  });
});
