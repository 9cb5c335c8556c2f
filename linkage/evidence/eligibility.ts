import { holdsOn } from "../registry/fields.ts";
import type { LinkageModel } from "../registry/linkage-model.ts";
import type { RegisterContents } from "../registry/record-kinds.ts";
import type { Zone } from "../registry/zone.ts";
import type { AdministrativeUnit } from "../units/administrative-unit.ts";
import { formsOn } from "../units/forms-on.ts";
import type { UnitBook } from "../units/unit-book.ts";
import type { CountingRule } from "./counting-rule.ts";
import { type Sentence, vietnameseDate } from "./sentence.ts";

export interface Eligibility {
  /** A linkage model in the sense of Nghị định 98/2018 that holds on the day. */
  readonly eligible: boolean;
  /** Tied to a raw-material zone. */
  readonly zoneTied: boolean;
  readonly zones: readonly Zone[];
  /** What is missing, of both. */
  readonly lacks: readonly Sentence[];
}

/** What the register says of a model on the cut-off day, without any telemetry. */
export function eligibilityOf(
  model: LinkageModel,
  contents: RegisterContents,
  on: string,
  rule: CountingRule,
  units: UnitBook,
): Eligibility {
  const zones = tiedZones(model, contents, on, rule);
  const lacks = [
    ...standing(model, on),
    ...(rule.keyProductNeeded && !isKeyProduct(model, contents, on, units)
      ? [
          {
            vi: `"${model.productName}" không có trong danh mục nông sản chủ lực của địa bàn`,
            en: `"${model.productName}" is no key product of its place`,
          },
        ]
      : []),
  ];
  const noZone = {
    vi: "chưa gắn với vùng nguyên liệu có mã vùng trồng hoặc quyết định còn hiệu lực",
    en: "tied to no raw-material zone with an active planting-area code or a decision",
  };
  return {
    eligible: lacks.length === 0,
    zoneTied: zones.length > 0,
    zones,
    lacks: zones.length > 0 ? lacks : [...lacks, noZone],
  };
}

/** Whether it is on the list of models that run on that day; what is drafted, suspended or ended is not. */
export function runsOn(model: LinkageModel, on: string): boolean {
  return model.status === "active" && holdsOn(model, on);
}

function standing(model: LinkageModel, on: string): Sentence[] {
  const { contract, decision, cooperatives, households } = model;
  const contractHolds = contract !== null && contract.from <= on && on <= contract.to;
  const projectHolds = decision !== null && decision.date <= on;
  return [
    ...(runsOn(model, on)
      ? []
      : [{ vi: `không ở trạng thái đang thực hiện ngày ${vietnameseDate(on)}`, en: `not running on ${on}` }]),
    ...(cooperatives.length > 0 || (households ?? 0) > 0
      ? []
      : [
          {
            vi: "chưa có bên sản xuất (HTX, tổ hợp tác hoặc hộ)",
            en: "no producers (cooperative, group or households)",
          },
        ]),
    ...(contractHolds || projectHolds
      ? []
      : [
          {
            vi: `không có hợp đồng hoặc dự án còn hiệu lực ngày ${vietnameseDate(on)}`,
            en: `no contract or approved project holds on ${on}`,
          },
        ]),
  ];
}

function tiedZones(model: LinkageModel, { zone }: RegisterContents, on: string, rule: CountingRule): Zone[] {
  return zone.filter(
    (one) =>
      model.zones.includes(one.id) &&
      one.product === model.product &&
      holdsOn(one, on) &&
      founded(one, on, rule),
  );
}

function founded({ plantingCodes, decision }: Zone, on: string, { zoneTiedBy }: CountingRule): boolean {
  const byCode = plantingCodes.some(({ status, kind }) => status === "active" && kind !== "packing-house");
  const byDecision = decision !== null && decision.date <= on;
  if (zoneTiedBy === "code") return byCode;
  return zoneTiedBy === "decision" ? byDecision : byCode || byDecision;
}

function isKeyProduct(model: LinkageModel, contents: RegisterContents, on: string, units: UnitBook): boolean {
  const places = placesOf(model, contents, on, units).flat();
  return contents["key-product"]
    .filter((product) => product.product === model.product && holdsOn(product, on))
    .some(({ unitCode, unitAsOf }) => {
      const level = unitCode.length === 2 ? "province" : "commune";
      const named = formsOn(units, { level, code: unitCode, asOf: unitAsOf }, on);
      return named.some((unit) =>
        places.some((place) => (level === "province" ? place.province : place.code) === unit.code),
      );
    });
}

/**
 * Communes of the model's zones and cooperatives on that day: one list for each of them, with several communes where the
 * place was split or put together in between.
 */
export function placesOf(
  model: LinkageModel,
  { zone, cooperative }: RegisterContents,
  on: string,
  units: UnitBook,
): readonly (readonly AdministrativeUnit[])[] {
  const named = [
    ...zone.filter(({ id }) => model.zones.includes(id)),
    ...cooperative.filter(({ id }) => model.cooperatives.includes(id)),
  ];
  return named.map(({ communeCode, communeAsOf }) =>
    formsOn(units, { level: "commune", code: communeCode, asOf: communeAsOf }, on),
  );
}
