import type { EvidenceCount } from "../evidence/count-evidence.ts";
import type { CountingRule } from "../evidence/counting-rule.ts";
import { eligibilityOf, placesOf } from "../evidence/eligibility.ts";
import type { ModelVerdict } from "../evidence/judge-model.ts";
import { holdsOn, type InCommune, type Lasting } from "../registry/fields.ts";
import type { RegisterContents } from "../registry/record-kinds.ts";
import type { AdministrativeUnit } from "../units/administrative-unit.ts";
import { formsOn } from "../units/forms-on.ts";
import { lastDayOfDistricts } from "../units/last-day-of-districts.ts";
import type { UnitBook } from "../units/unit-book.ts";
import type { IndicatorId, ProvincePlan, Target } from "./province-plan.ts";

export interface IndicatorResult extends Target {
  readonly numerator: number;
  readonly denominator: number;
  /** Of the denominator, those of which nobody reported anything: neither yes nor no. */
  readonly noData: number;
  /** Null when there is nothing to count. */
  readonly sharePercent: number | null;
  /** `no-data` as long as what is not reported could still decide it. */
  readonly met: "yes" | "no" | "no-data";
  readonly rule: string;
  /** The day on which units and register stand; of districts at most 30 June 2025. */
  readonly on: string;
  /** What the numerator consists of: codes of communes, names of districts, ids of models. */
  readonly counted: readonly string[];
  /** The rest of the denominator. */
  readonly notCounted: readonly string[];
}

export interface IndicatorParts {
  readonly contents: RegisterContents;
  readonly units: UnitBook;
  readonly rule: CountingRule;
}

/** What an indicator counts: each member with what is known of it. */
type Members = ReadonlyMap<string, "yes" | "no" | "no-data">;

/** Every target of the plan with its numerator and denominator, on the cut-off day of the evidence. */
export function countIndicators(
  plan: ProvincePlan,
  evidence: EvidenceCount,
  parts: IndicatorParts,
): readonly IndicatorResult[] {
  return plan.targets.map((target) => {
    const on = dayOf(target.indicator, evidence.period.to);
    const members = counters[target.indicator]({ plan, target, on, evidence, ...parts });
    return resultOf(target, members, on, evidence.rule);
  });
}

function dayOf(indicator: IndicatorId, cutOff: string): string {
  return indicator === "districts-with-model" && cutOff > lastDayOfDistricts ? lastDayOfDistricts : cutOff;
}

function resultOf(target: Target, members: Members, on: string, rule: string): IndicatorResult {
  const having = (wanted: string) => [...members].filter(([, found]) => found === wanted).map(([id]) => id);
  const counted = having("yes");
  const noData = having("no-data").length;
  const denominator = members.size;
  return {
    ...target,
    numerator: counted.length,
    denominator,
    noData,
    sharePercent: denominator === 0 ? null : (counted.length / denominator) * 100,
    met: metBy(target, counted.length, noData, denominator),
    rule,
    on,
    counted,
    notCounted: [...members].filter(([, found]) => found !== "yes").map(([id]) => id),
  };
}

/** Whole numbers against whole numbers: 7 of 10 is exactly 70 %. */
function metBy(
  { percent, operator }: Target,
  counted: number,
  noData: number,
  of: number,
): IndicatorResult["met"] {
  const reaches = (count: number) =>
    operator === "gt" ? count * 100 > percent * of : count * 100 >= percent * of;
  if (of === 0) return "no-data";
  if (reaches(counted)) return "yes";
  return reaches(counted + noData) ? "no-data" : "no";
}

interface Question extends IndicatorParts {
  readonly plan: ProvincePlan;
  readonly target: Target;
  readonly on: string;
  readonly evidence: EvidenceCount;
}

const counters: { readonly [I in IndicatorId]: (question: Question) => Members } = {
  "communes-in-linkage": (question) => {
    const { contents, on, rule, units } = question;
    const ids = contents.model
      .filter((model) => eligibilityOf(model, contents, on, rule, units).eligible)
      .flatMap(({ cooperatives }) => cooperatives);
    return communesWith(question, new Set(ids));
  },
  "communes-with-cooperative": (question) =>
    communesWith(question, new Set(question.contents.cooperative.map(({ id }) => id))),
  "districts-with-model": (question) => districtsWithModel(question),
  "zone-models-iot": (question) => models(question, ({ iot }) => iot, false),
  "zone-models-digital": (question) => models(question, ({ digital }) => digital, false),
  "key-product-zone-models-iot": (question) => models(question, ({ iot }) => iot, true),
  "key-product-zone-models-digital": (question) => models(question, ({ digital }) => digital, true),
  "communes-with-service-and-feedback": communesWithServiceAndFeedback,
};

/** The land for which the plan was made, in the communes of the day. */
function communesOf({
  plan,
  units,
  on,
}: Pick<Question, "plan" | "units" | "on">): readonly AdministrativeUnit[] {
  if (on <= lastDayOfDistricts) return units.communesOf(plan.codeBefore, on);
  return units
    .communesOf(plan.codeSince, on)
    .filter((unit) =>
      formsOn(units, { level: "commune", code: unit.code, asOf: on }, lastDayOfDistricts).some(
        ({ province }) => province === plan.codeBefore,
      ),
    );
}

function communesWith(question: Question, cooperatives: ReadonlySet<string>): Members {
  const { contents, on } = question;
  const standing = contents.cooperative.filter((one) => cooperatives.has(one.id) && holdsOn(one, on));
  return communesOfKind(question, placed(communesAt(standing, question)), contents.cooperative.length > 0);
}

/** At least one essential service, and a form in which people say how satisfied they are: both in one commune. */
function communesWithServiceAndFeedback(question: Question): Members {
  const { contents, on } = question;
  const having = (records: readonly (InCommune & Lasting)[]) =>
    placed(
      communesAt(
        records.filter((record) => holdsOn(record, on)),
        question,
      ),
    );
  const [services, forms] = [having(contents["essential-service"]), having(contents.feedback)];
  const both = {
    surely: new Set([...forms.surely].filter((code) => services.surely.has(code))),
    perhaps: new Set(
      [...services.surely, ...services.perhaps].filter(
        (code) => forms.surely.has(code) || forms.perhaps.has(code),
      ),
    ),
  };
  const known = contents["essential-service"].length + contents.feedback.length > 0;
  return communesOfKind(question, both, known);
}

function communesOfKind(question: Question, found: Placed, known: boolean): Members {
  const communes = communesOf(question).filter(({ kind }) => question.target.unitKinds.includes(kind));
  return membersOf(
    communes.map(({ code }) => code),
    found,
    known,
  );
}

/** Where each record is on the day: several communes when the place was split or put together in between. */
function communesAt(
  records: readonly InCommune[],
  { units, on }: Pick<Question, "units" | "on">,
): readonly (readonly string[])[] {
  return records.map(({ communeCode, communeAsOf }) =>
    formsOn(units, { level: "commune", code: communeCode, asOf: communeAsOf }, on).map(({ code }) => code),
  );
}

interface Placed {
  readonly surely: ReadonlySet<string>;
  readonly perhaps: ReadonlySet<string>;
}

/** A place that was split or put together since may lie here or there: until somebody says where, it is counted nowhere. */
function placed(records: readonly (readonly string[])[]): Placed {
  const distinct = records.map((names) => [...new Set(names)]);
  return {
    surely: new Set(distinct.filter((names) => names.length === 1).flat()),
    perhaps: new Set(distinct.filter((names) => names.length > 1).flat()),
  };
}

/** @param known whether the register says anything at all */
function membersOf(names: readonly string[], { surely, perhaps }: Placed, known: boolean): Members {
  const finding = (name: string) => {
    if (surely.has(name)) return "yes";
    return perhaps.has(name) || !known ? "no-data" : "no";
  };
  return new Map(names.map((name) => [name, finding(name)] as const));
}

function districtsWithModel({ contents, plan, units, on, rule, target }: Question): Members {
  const places = contents.model
    .filter((model) => eligibilityOf(model, contents, on, rule, units).eligible)
    .flatMap((model) => placesOf(model, contents, on, units))
    .map((forms) => forms.filter(({ province }) => province === plan.codeBefore));
  const found = placed(places.map((forms) => forms.flatMap(({ district }) => district ?? [])));
  const districts = units
    .districtsOf(plan.codeBefore, on)
    .filter((name) => target.unitKinds.some((kind) => name.toLowerCase().startsWith(`${kind} `)));
  return membersOf(districts, found, contents.model.length > 0);
}

/**
 * All zone-tied models of the register are the denominator, those without any device included: else the answer would be 100 %
 * by construction. A model that is not eligible on the cut-off day stays in it and does not count.
 */
function models(
  question: Question,
  finding: (verdict: ModelVerdict) => ModelVerdict["iot"],
  onKeyProduct: boolean,
): Members {
  const { contents, evidence, units, on } = question;
  const codes = new Set(communesOf(question).map(({ code }) => code));
  const inScope = new Set(
    contents.model
      .filter((model) =>
        placesOf(model, contents, on, units)
          .flat()
          .some(({ code }) => codes.has(code)),
      )
      .map(({ id }) => id),
  );
  return new Map(
    evidence.verdicts
      .filter(
        ({ model, zoneTied, eligible }) => zoneTied && inScope.has(model) && (eligible || !onKeyProduct),
      )
      .map((verdict) => {
        const found = finding(verdict);
        return [verdict.model, found === "yes" && !verdict.eligible ? "no" : found] as const;
      }),
  );
}
