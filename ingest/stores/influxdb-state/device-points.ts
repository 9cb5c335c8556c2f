import type { Alert } from "../../alerts/index.ts";
import { choiceText, none, stateFields, stateMeasurements, stateTags } from "./names.ts";
import { type StatePoint, statePoint } from "./state-line.ts";
import type { DeviceNow, Named } from "./state-parts.ts";

export const passEveryMs = 5 * 60_000;
const hourMs = 3_600_000;

/** Of alerts that are open. */
export interface AlertCount {
  readonly alerts: number;
  readonly warning: number;
  readonly critical: number;
}

export function countAlerts(open: readonly Pick<Alert, "severity">[]): AlertCount {
  const of = (severity: Alert["severity"]) => open.filter((alert) => alert.severity === severity).length;
  return { alerts: open.length, warning: of("warning"), critical: of("critical") };
}

/** Where a device belongs, as tags. */
export function belongingTags(device: DeviceNow | undefined): Record<string, string> {
  return {
    ...chosen(stateTags.province, stateTags.provinceChoice, device?.province),
    ...chosen(stateTags.commune, stateTags.communeChoice, device?.commune),
    ...chosen(stateTags.linkage, stateTags.linkageChoice, device?.linkageModel),
  };
}

const without: Named = { id: none, name: "Chưa gán" };

export function chosen(tag: string, choiceTag: string, named: Named | null | undefined) {
  const { id, name } = named ?? without;
  return { [tag]: id, [choiceTag]: choiceText(id, name) };
}

/** States of devices, each when it has changed and once an hour. */
export class DevicePoints {
  /** By device: what was written last, and when. */
  #written = new Map<string, { readonly device: DeviceNow; readonly key: string; readonly atMs: number }>();
  #next = this.#written;

  /** What is to be written now; `stored` says that it is. */
  points(
    devices: readonly DeviceNow[],
    openAlerts: ReadonlyMap<string, Alert[]>,
    nowMs: number,
  ): StatePoint[] {
    this.#next = new Map();
    const points: StatePoint[] = [];
    for (const [index, device] of devices.entries()) {
      const count = countAlerts(openAlerts.get(device.id) ?? []);
      const key = JSON.stringify([device, count]);
      const before = this.#written.get(device.id);
      const isDue = before === undefined || before.key !== key || nowMs - before.atMs >= hourMs;
      // Under its old tags it is no more, a moment before it is under the new ones.
      if (before !== undefined && !isSameSeries(before.device, device))
        points.push(pointOf(before.device, countAlerts([]), nowMs - 1, false));
      if (isDue) points.push(pointOf(device, count, nowMs));
      // The first hour is shorter for most, so that not all of them are due at once for ever.
      const atMs = before === undefined ? nowMs - ((index * passEveryMs) % hourMs) : nowMs;
      this.#next.set(device.id, isDue ? { device, key, atMs } : before);
    }
    for (const [id, { device }] of this.#written)
      if (!this.#next.has(id)) points.push(pointOf(device, countAlerts([]), nowMs, false));
    return points;
  }

  stored(): void {
    this.#written = this.#next;
  }
}

function isSameSeries(one: DeviceNow, other: DeviceNow): boolean {
  return JSON.stringify(tagsOf(one)) === JSON.stringify(tagsOf(other));
}

function tagsOf(device: DeviceNow): Record<string, string> {
  const { place, deviceModel } = device;
  return {
    ...chosen(stateTags.device, stateTags.deviceChoice, device),
    ...chosen(stateTags.place, stateTags.placeChoice, place),
    ...belongingTags(device),
    [stateTags.placeKind]: place?.kind ?? none,
    [stateTags.deviceModel]: deviceModel,
  };
}

function pointOf(device: DeviceNow, count: AlertCount, atMs: number, registered = true): StatePoint {
  const frames = device.frames();
  const { available } = device;
  return statePoint({
    measurement: stateMeasurements.devices,
    tags: tagsOf(device),
    fields: {
      [stateFields.registered]: Number(registered),
      [stateFields.available]: Number(available && registered),
      [stateFields.alerts]: count.alerts,
      [stateFields.warning]: count.warning,
      [stateFields.critical]: count.critical,
      [stateFields.frames]: frames?.received ?? null,
      [stateFields.lostFrames]: frames?.lost ?? null,
    },
    atMs,
  });
}

/** Sums by commune. */
export function communePoints(
  devices: readonly DeviceNow[],
  openAlerts: ReadonlyMap<string, Alert[]>,
  atMs: number,
): StatePoint[] {
  const byCommune = Map.groupBy(devices, ({ commune }) => commune?.id ?? none);
  return [...byCommune.values()].map((standing) => {
    const available = standing.filter((device) => device.available).length;
    const count = countAlerts(standing.flatMap(({ id }) => openAlerts.get(id) ?? []));
    const { province, commune } = standing[0]!;
    return statePoint({
      measurement: stateMeasurements.communes,
      tags: {
        ...chosen(stateTags.province, stateTags.provinceChoice, province),
        ...chosen(stateTags.commune, stateTags.communeChoice, commune),
      },
      fields: {
        [stateFields.devices]: standing.length,
        [stateFields.available]: available,
        [stateFields.silent]: standing.length - available,
        [stateFields.alerts]: count.alerts,
        [stateFields.warning]: count.warning,
        [stateFields.critical]: count.critical,
      },
      atMs,
    });
  });
}
