import { existsSync, readFileSync } from "node:fs";
import { parse as parseCsv } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { chosenRules, loadRules, packNames, rulesTextOf } from "./load-rules.ts";
import { type Severity, severities } from "./rule.ts";
import { fillIn } from "./texts.ts";

/** A rule as it is written in a pack. */
interface Written {
  readonly name: string;
  readonly kind: string;
  readonly quantity: string;
  readonly of?: string;
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly forMs?: number;
  readonly source?: string;
  readonly levels?: readonly Written[];
}

const writtenIn = (pack: string) => parse(rulesTextOf(pack).text) as { rules: Written[]; routes?: unknown };
/** Each limit with what it shares with the others of its rule. */
const limitsIn = (pack: string) =>
  writtenIn(pack).rules.flatMap((rule) =>
    (rule.levels ?? [rule]).map((level) => ({
      ...rule,
      ...level,
      armed: rule.enabled !== false && level.enabled !== false,
    })),
  );
/** Without sources, from before there were packs by product. */
const mixed = ["starter", "demo"];
const byProduct = packNames.filter((name) => !mixed.includes(name));
const load = (pack: string) => loadRules(chosenRules.parse([pack]), ["log"]);

describe.each(packNames)("the pack %s", (pack) => {
  test("is a file of rules without problems", () => {
    const { rules, unarmed } = load(pack);
    expect(rules.length + unarmed.length).toBe(writtenIn(pack).rules.length);
  });

  test("gives as much time as its advice names", () => {
    const day = 86_400_000;
    const named = { "trong 1–2 ngày tới": 2 * day, "trong 2–3 ngày tới": 3 * day, "trong tuần này": 7 * day };
    const { rules, unarmed } = load(pack);
    for (const each of [...rules, ...unarmed]) {
      for (const { severity } of each.terms.levels.filter(({ armed }) => armed)) {
        const { advice, actWithinMs } = each.told(severity);
        const said = Object.entries(named).find(([words]) => advice.vi.includes(words));
        expect([each.name, actWithinMs]).toEqual([each.name, said?.[1]]);
      }
    }
  });

  test("has titles that fit one line of a phone", () => {
    const typical = {
      value: "12,34 mg/l",
      limit: "",
      since: "",
      place: "Ao nhà ông Hòa",
      device: "Nút ao cá 1",
    };
    const said = Object.fromEntries(
      Object.entries(typical).map(([name, word]) => [name, { vi: word, en: word }]),
    );
    const { rules, unarmed } = load(pack);
    for (const { told, severity } of [...rules, ...unarmed]) {
      const { title } = told(severity);
      const { vi, en } = fillIn(title, said as Parameters<typeof fillIn>[1]);
      for (const line of [vi, en]) expect.soft([line, line.length <= 64]).toEqual([line, true]);
      // The page and the messages tell these beside it.
      expect.soft(title.vi + title.en).not.toMatch(/\{limit\}|\{since\}/);
    }
  });
});

describe.each(byProduct)("of the pack %s", (pack) => {
  test("each limit has its source", () => {
    expect(limitsIn(pack).filter(({ source }) => source === undefined)).toEqual([]);
  });

  test("what is remembered, proposed or not confirmed is not armed", () => {
    const doubtful = limitsIn(pack).filter(
      ({ kind, source }) => kind !== "probe-fault" && /memory|proposal|not confirmed/.test(source!),
    );
    expect(doubtful.filter(({ armed }) => armed)).toEqual([]);
  });

  test("who is told is left to others", () => {
    expect(writtenIn(pack).routes).toBeUndefined();
  });
});

test("all packs hold beside each other", () => {
  const { rules } = loadRules(chosenRules.parse(byProduct), ["log"]);
  expect(rules.length).toBeGreaterThan(40);
});

test("without a route everybody is told, with one only those it names", () => {
  const chosen = chosenRules.parse(["rice"]);
  expect(loadRules(chosen, ["log", "sms"]).routes).toEqual([{ to: ["log", "sms"] }]);
  expect(loadRules(chosenRules.parse(["rice", "starter"]), ["log", "sms"]).routes).toEqual([{ to: ["log"] }]);
});

test("a pack that there is not says which there are", () => {
  expect(chosenRules.safeParse(["wheat"]).error!.issues[0]!.message).toMatch(
    /there is no pack wheat; there are: .*rice.*\.\/wheat\.yaml/,
  );
});

test("the demonstration differs from the starter pack only in its hold times", () => {
  const withoutHold = (pack: string) => {
    const { rules, routes } = writtenIn(pack);
    return { routes, rules: rules.map(({ forMs, ...rest }) => ({ ...rest, held: forMs !== undefined })) };
  };
  expect(withoutHold("demo")).toEqual(withoutHold("starter"));
});

const table = `${import.meta.dirname}/../../../shared/domain/default_rules.csv`;

/** A row of the published table: `id;domain;subject;stage;metric;unit;op;value;hold;severity;action;source;confidence`. */
type Row = Readonly<
  Record<"id" | "subject" | "metric" | "op" | "value" | "hold" | "severity" | "confidence", string>
>;

/** What the table calls a quantity, and by what its unit becomes the catalogue's. */
const quantityOf: Readonly<Record<string, readonly [quantity: string, factor?: number, of?: string]>> = {
  water_level: ["water.level", 0.01],
  ec25: ["water.ec", 1000],
  ece: ["soil.ece"],
  air_temp_daily_mean: ["air.temperature", 1, "mean"],
  air_temp_daily_max: ["air.temperature", 1, "max"],
  air_temp_daily_min: ["air.temperature", 1, "min"],
  soil_moisture: ["soil.moisture"],
  depletion_fraction: ["soil.depletion", 100],
  air_temp: ["air.temperature"],
  soil_temp: ["soil.temperature"],
  do: ["water.dissolvedOxygen"],
  nh3: ["water.ammonia"],
  h2s: ["water.h2s"],
  no2: ["water.nitrite"],
  water_temp: ["water.temperature"],
  flow_speed: ["water.velocity"],
  alkalinity: ["water.alkalinity"],
  salinity: ["water.salinity"],
  nh4_n: ["water.ammonium"],
  chloride: ["water.chloride"],
  turbidity: ["water.turbidity"],
  free_chlorine: ["water.chlorine"],
  humidity: ["air.relativeHumidity"],
  nh3_air: ["air.nh3"],
  h2s_air: ["air.h2s"],
  co2: ["air.co2"],
  thi: ["air.thi"],
  hutton: ["leaf.huttonDays"],
  night_min_20_26_and_rh90: ["leaf.blastNights"],
};
const sides: Readonly<Record<string, string>> = {
  "<": "below",
  "<=": "atMost",
  ">": "above",
  ">=": "atLeast",
};
const spans: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const packOf: Readonly<Record<string, string>> = {
  rice: "rice",
  cold: "weather",
  heat: "weather",
  coffee: "coffee",
  citrus: "citrus",
  lychee: "lychee",
  tea: "tea",
  peanut: "peanut",
  fish: "freshwater-fish",
  shrimp: "shrimp",
  river: "river",
  clean: "clean-water",
  pig: "pig",
  poultry: "poultry",
  dairy: "dairy",
  "disease.lateblight": "potato",
  "disease.blast": "rice",
};

function packFor({ id }: Row): string {
  const [first, second] = id.split(".");
  return packOf[`${first}.${second}`] ?? packOf[first!]!;
}

/** The limits that a row asks for, in the words of a pack. One row gives two: late and early lychee. */
function askedBy({ metric, op, value, hold, severity }: Row): object[] {
  const [quantity, factor = 1, of] = quantityOf[metric] ?? (/^ph$/.test(metric) ? ["ph"] : ["?"]);
  const number = (text: string) => Number((Number(text) * factor).toPrecision(12));
  const [low, high] = value.split("..");
  const limits =
    op === "outside"
      ? [{ below: number(low!), above: number(high!) }]
      : value.split(" / ").map((each) => ({ [sides[op]!]: number(each) }));
  const heldMs = hold === "lab" || hold === "" ? 0 : Number(hold.slice(0, -1)) * spans[hold.at(-1)!]!;
  const level = severities.find((each) => each.startsWith(severity));
  return limits.map((limit) => ({ quantity, of: of ?? null, ...limit, heldMs, severity: level }));
}

/** A written limit in the same words. */
function inWords(limit: ReturnType<typeof limitsIn>[number], isPh: boolean): object {
  const { quantity, of = null, severity } = limit;
  const { forMs = 0, forDays } = limit as { forMs?: number; forDays?: number };
  const given = ["below", "atMost", "above", "atLeast"]
    .map((side) => [side, (limit as unknown as Record<string, number>)[side]] as const)
    .filter(([, value]) => value !== undefined);
  // Weekly salt is the mean of each of seven days.
  const heldMs = forDays === undefined ? forMs : forDays * spans.d!;
  const ofDay = quantity === "water.ec" ? null : of;
  return {
    quantity: isPh && /pH$|ph$/.test(quantity) ? "ph" : quantity,
    of: ofDay,
    ...Object.fromEntries(given),
    heldMs,
    severity,
  };
}

describe.skipIf(!existsSync(table))("the published table of default rules", () => {
  const rows: Row[] = existsSync(table)
    ? parseCsv(readFileSync(table, "utf8"), { columns: true, delimiter: ";", quote: false })
    : [];

  test("has 78 rows", () => {
    expect(rows).toHaveLength(78);
  });

  test.each(rows)(
    "$id is in its pack, with limit, hold and severity, and armed only when confirmed",
    (row) => {
      const limits = limitsIn(packFor(row));
      const words = limits.map((limit) => inWords(limit, row.metric === "ph"));
      for (const asked of askedBy(row)) {
        const found = words.findIndex((each) => JSON.stringify(each) === JSON.stringify(asked));
        expect(words, JSON.stringify(asked)).toContainEqual(asked);
        if (row.confidence !== "V") expect(limits[found]!.armed).toBe(false);
      }
    },
  );

  test("asks for every limit that the packs have, but for our own rules about probes", () => {
    const asked = rows.flatMap((row) => askedBy(row).map((each) => JSON.stringify(each)));
    const extra = byProduct
      .flatMap(limitsIn)
      .filter(({ kind }) => kind !== "probe-fault")
      .filter((limit) => !asked.includes(JSON.stringify(inWords(limit, true))))
      .map(({ name }) => name);
    expect(extra).toEqual([]);
  });
});
