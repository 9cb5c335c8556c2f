import type { ModelVerdict, UnitBook } from "../../../linkage/index.ts";
import type { LinkageModel } from "../../../linkage/registry/linkage-model.ts";
import { type CountedModel, LinkageProblem } from "../../http/linkage-office.ts";
import type { ModelRow } from "../../http/linkage-shapes.ts";
import { communeOn } from "./commune-names.ts";
import type { Counted } from "./counts.ts";

/** Every model that runs on the last day, by name. */
export function modelRows(counted: Counted, units: UnitBook): ModelRow[] {
  return counted.evidence.verdicts
    .map((verdict) => rowOf(verdict, counted, units))
    .toSorted((a, b) => a.name.localeCompare(b.name, "vi"));
}

/** @throws LinkageProblem when no such model runs in the period */
export function modelDetail(id: string, counted: Counted, units: UnitBook): CountedModel {
  const { period, closed, evidence } = counted;
  const verdict = evidence.verdicts.find(({ model }) => model === id);
  if (verdict === undefined)
    throw new LinkageProblem("not-found", `No model "${id}" runs on ${evidence.period.to}.`);
  const { form, lead, cooperatives, contract } = recordOf(verdict, counted);
  const { checks, lacks, proofs, attested, excused, devices } = verdict;
  const nameOf = (cooperative: string) =>
    counted.contents.cooperative.find((one) => one.id === cooperative)?.name ?? cooperative;
  return {
    ...rowOf(verdict, counted, units),
    period: { name: period.name, from: period.from, to: period.to, closed },
    rule: evidence.rule,
    form,
    lead: lead.name,
    cooperatives: cooperatives.map(nameOf),
    zones: zonesOf(verdict, counted).map((zone) => ({
      id: zone.id,
      name: zone.name,
      areaHa: zone.areaHa,
      commune: communeOn(units, zone, evidence.period.to)?.name ?? null,
    })),
    contract: contract && { no: contract.no, from: contract.from, to: contract.to },
    lacks: [...lacks],
    checks: checks.map(({ name, met, because }) => ({ name, met, because })),
    proofs: [...proofs],
    attestations: [...attested],
    excused: [...excused],
    team: devices.map((device) => ({ ...device, days: [...device.days] })),
  };
}

function rowOf(verdict: ModelVerdict, counted: Counted, units: UnitBook): ModelRow {
  const record = recordOf(verdict, counted);
  const lies = [
    ...zonesOf(verdict, counted),
    ...counted.contents.cooperative.filter(({ id }) => record.cooperatives.includes(id)),
  ];
  const communes = lies.map((one) => communeOn(units, one, counted.evidence.period.to)?.name);
  return {
    id: verdict.model,
    name: verdict.name,
    product: record.productName,
    communes: [...new Set(communes.filter((name) => name !== undefined))],
    devices: verdict.devices.length,
    devicesCounting: verdict.devices.filter(({ counts }) => counts).length,
    eligible: verdict.eligible,
    zoneTied: verdict.zoneTied,
    iot: verdict.iot,
    digital: verdict.digital,
    attested: verdict.attested.length > 0,
    because: verdict.because,
  };
}

function recordOf({ model }: ModelVerdict, { contents }: Counted): LinkageModel {
  return contents.model.find(({ id }) => id === model)!;
}

function zonesOf(verdict: ModelVerdict, counted: Counted) {
  const { zones } = recordOf(verdict, counted);
  return counted.contents.zone.filter(({ id }) => zones.includes(id));
}
