import type { Registry } from "../devices/index.ts";
import type { Watch } from "../ingest/alerts/index.ts";
import type { LinkBook } from "../ingest/links/link-view.ts";
import type {
  DeviceNow,
  InfluxState,
  InfluxStateParts,
  Named,
  Scoreboard,
} from "../ingest/stores/influxdb-state/index.ts";
import type { LinkageOffice } from "./http/linkage-office.ts";
import type { Log } from "./log.ts";
import type { Settings } from "./settings/settings.ts";

export interface BoardStateParts {
  readonly registry: Pick<Registry, "devices" | "place" | "places" | "placementAt">;
  readonly watch: Watch;
  readonly links: Pick<LinkBook, "device">;
  readonly office: Pick<LinkageOffice, "score" | "models">;
  /** Whether it is heard as often as it should be. */
  readonly isAvailable: (device: string, nowMs: number) => boolean;
  readonly service: InfluxStateParts["service"];
  readonly log: Log;
  readonly now: () => number;
}

/** What boards on an InfluxDB need beside readings; null where readings are in the embedded store, which no Grafana can ask. */
export async function openBoardState(
  { readings }: Pick<Settings, "readings">,
  parts: BoardStateParts,
): Promise<InfluxState | null> {
  if (readings.store !== "influxdb" || readings.influxdb === undefined) return null;
  const { openInfluxState } = await import("../ingest/stores/influxdb-state/index.ts");
  const provinces = await provinceBook(parts.now);
  /** Of linkage models, as the office told them last. */
  const modelNames = new Map<string, string>();
  return openInfluxState({
    settings: readings.influxdb,
    devices: () => devicesNow(parts, provinces, modelNames, parts.now()),
    alerts: parts.watch,
    service: parts.service,
    async scoreboard() {
      const found = await scoreboardNow(parts, provinces);
      for (const { model } of found.models) modelNames.set(model.id, model.name);
      return found;
    },
    log: parts.log,
    now: parts.now,
  });
}

/** In which province a commune lies today. */
interface ProvinceBook {
  ofCommune(code: string): Named | null;
  named(code: string): Named;
}

/** The list of units is read only where it is asked for. */
async function provinceBook(now: () => number): Promise<ProvinceBook> {
  const [{ createUnitBook }, { shippedUnits }, { dateOf }] = await Promise.all([
    import("../linkage/units/unit-book.ts"),
    import("../linkage/units/shipped-units.ts"),
    import("../calendar/index.ts"),
  ]);
  const units = createUnitBook(shippedUnits());
  const named = (code: string) => {
    const province = units.unitAt({ level: "province", code, asOf: dateOf(now()) });
    return { id: code, name: province?.name ?? code };
  };
  return {
    named,
    ofCommune(code) {
      const province = units.unitAt({ level: "commune", code, asOf: dateOf(now()) })?.province;
      return province == null ? null : named(province);
    },
  };
}

function devicesNow(
  { registry, links, isAvailable }: BoardStateParts,
  provinces: ProvinceBook,
  modelNames: ReadonlyMap<string, string>,
  nowMs: number,
): DeviceNow[] {
  return registry.devices().map(({ id, label, model }) => {
    const place = registry.place(registry.placementAt(id, nowMs)?.place ?? "") ?? null;
    const commune = place?.communeCode ?? null;
    const linkageModel = place?.linkageModel ?? null;
    return {
      id,
      name: label,
      deviceModel: model,
      place,
      commune: commune === null ? null : { id: commune, name: place?.communeName ?? commune },
      province: commune === null ? null : provinces.ofCommune(commune),
      linkageModel:
        linkageModel === null
          ? null
          : { id: linkageModel, name: modelNames.get(linkageModel) ?? linkageModel },
      available: isAvailable(id, nowMs),
      frames: () => links.device(id, nowMs)?.lastDay ?? null,
    };
  });
}

/** The count of the last closed quarter, as the page shows it. Nothing is counted where no place takes part in a model. */
async function scoreboardNow(
  { registry, office }: BoardStateParts,
  provinces: ProvinceBook,
): Promise<Scoreboard> {
  if (registry.places().every(({ linkageModel }) => linkageModel === null))
    return { models: [], indicators: [] };
  const [{ plan, indicators }, { models }] = await Promise.all([office.score({}), office.models({})]);
  const { planOf } = await import("../linkage/indicators/plans.ts");
  const province = provinces.named(planOf(plan.id)?.codeSince ?? plan.id);
  return {
    models: models.map(({ id, name, iot, digital, devices, devicesCounting, because }) => ({
      model: { id, name },
      province,
      byTelemetry: iot,
      byAnyProof: digital,
      devices,
      countingDevices: devicesCounting,
      because,
    })),
    indicators: indicators
      .filter(({ picked }) => picked)
      .map(({ indicator, name, numerator, denominator, noData, percent, met }) => ({
        plan: plan.id,
        province,
        indicator,
        name,
        numerator,
        denominator,
        noData,
        target: percent,
        met,
      })),
  };
}
