import type { ModelVerdict, UnitBook } from "../../../linkage/index.ts";
import type { Zone } from "../../../linkage/registry/zone.ts";
import type { CountedMap } from "../../http/linkage-office.ts";
import type { CommuneRow, Finding, LinkageMap } from "../../http/linkage-shapes.ts";
import type { Outlines } from "../outlines/outlines-file.ts";
import { communeOn, type InCommune } from "./commune-names.ts";
import type { Counted } from "./counts.ts";

/** Zones and devices of the models that run, and how the models of each commune stand. */
export function zoneMap(counted: Counted, units: UnitBook, outlines: Outlines | null): CountedMap {
  const { contents, evidence } = counted;
  const models = new Map(contents.model.map((model) => [model.id, model]));
  const verdictsOf = (zone: Zone) =>
    evidence.verdicts.filter(({ model }) => models.get(model)!.zones.includes(zone.id));
  const zones = contents.zone.filter((zone) => verdictsOf(zone).length > 0);
  const on = evidence.period.to;
  return {
    zones: zones
      .filter(({ geometry }) => geometry !== null)
      .map((zone) => ({
        id: zone.id,
        name: zone.name,
        commune: communeOn(units, zone, on)?.name ?? null,
        areaHa: zone.areaHa,
        polygons: polygonsOf(zone),
        models: verdictsOf(zone).map(({ name }) => name),
        iot: bestOf(verdictsOf(zone)),
      })),
    zonesWithoutOutline: zones.filter(({ geometry }) => geometry === null).length,
    devices: evidence.verdicts.flatMap(({ model, devices }) =>
      devices.map(({ device, counts }) => ({ device, model, counts })),
    ),
    communes: communeRows(counted, units),
    outlines: outlines === null ? [] : outlines.communes.map(({ name, polygons }) => ({ name, polygons })),
    outlinesSource: outlines?.source ?? null,
  };
}

function polygonsOf({ geometry }: Zone): LinkageMap["zones"][number]["polygons"] {
  if (geometry === null) return [];
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

/** A zone of several models shows the best of them: it is where digital technology is applied. */
function bestOf(verdicts: readonly ModelVerdict[]): Finding {
  if (verdicts.some(({ iot, eligible }) => iot === "yes" && eligible)) return "yes";
  return verdicts.every(({ iot }) => iot === "no-data") ? "no-data" : "no";
}

/** Communes in which zones or cooperatives of running models lie. A model in two communes stands in both. */
function communeRows({ contents, evidence }: Counted, units: UnitBook): CommuneRow[] {
  const at = (record: InCommune) => communeOn(units, record, evidence.period.to);
  const lying = evidence.verdicts.flatMap((verdict) => {
    const record = contents.model.find(({ id }) => id === verdict.model)!;
    const zones = contents.zone.filter(({ id }) => record.zones.includes(id));
    const cooperatives = contents.cooperative.filter(({ id }) => record.cooperatives.includes(id));
    const communes = new Map(
      [...zones, ...cooperatives].flatMap((one) => at(one) ?? []).map((one) => [one.code, one]),
    );
    return [...communes.values()].map((commune) => ({
      commune,
      verdict,
      zones: zones.filter((zone) => at(zone)?.code === commune.code).map(({ id }) => id),
    }));
  });
  return [...Map.groupBy(lying, ({ commune }) => commune.code).values()]
    .map((here) => ({
      ...here[0]!.commune,
      zones: new Set(here.flatMap(({ zones }) => zones)).size,
      models: here.length,
      counted: here.filter(({ verdict }) => verdict.iot === "yes" && verdict.eligible).length,
      noData: here.filter(({ verdict }) => verdict.iot === "no-data").length,
      devices: here.reduce((sum, { verdict }) => sum + verdict.devices.length, 0),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "vi"));
}
