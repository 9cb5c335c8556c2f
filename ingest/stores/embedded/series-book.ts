import type { LatestValue } from "../reading-store.ts";

/** What is kept in memory about one quantity of one device. */
export interface Series {
  readonly id: number;
  readonly device: string;
  readonly quantity: string;
  /** Newest time among the rows not yet sealed: what is newer can be appended without looking for a row to replace. */
  watermarkMs: number;
  latestAtMs: number;
  latestValue: number;
  /** Whether the hot file knows this id. */
  stored: boolean;
}

/** The series by name and by number. Numbers mean something inside one hot file only; sealed files carry names. */
export interface SeriesBook {
  readonly size: number;
  of(device: string, quantity: string): Series;
  byId(id: number): Series;
  /** Takes up a series under the number that the hot file gave it. */
  restore(id: number, device: string, quantity: string): void;
  /** Series not yet in the hot file. */
  unstored(): Series[];
  ids(devices?: readonly string[], quantities?: readonly string[]): number[];
  /** The numbers of quantities: each has that of the first series about it. */
  quantityIds(quantities: readonly string[]): number[];
  latest(devices?: readonly string[]): LatestValue[];
  all(): Iterable<Series>;
}

export function createSeriesBook(): SeriesBook {
  const byDevice = new Map<string, Map<string, Series>>();
  const byId: Series[] = [];
  const firstOf = new Map<string, number>();
  let unstored: Series[] = [];

  function add(device: string, quantity: string, stored: boolean): Series {
    const series: Series = {
      id: byId.length,
      device,
      quantity,
      watermarkMs: Number.NEGATIVE_INFINITY,
      latestAtMs: Number.NEGATIVE_INFINITY,
      latestValue: Number.NaN,
      stored,
    };
    byId.push(series);
    if (!firstOf.has(quantity)) firstOf.set(quantity, series.id);
    const ofDevice = byDevice.get(device);
    if (ofDevice) ofDevice.set(quantity, series);
    else byDevice.set(device, new Map([[quantity, series]]));
    return series;
  }

  function* ofDevices(devices: readonly string[] | undefined): Generator<Series> {
    if (!devices) yield* byId;
    else for (const device of new Set(devices)) yield* byDevice.get(device)?.values() ?? [];
  }

  return {
    get size() {
      return byId.length;
    },
    of(device, quantity) {
      const known = byDevice.get(device)?.get(quantity);
      if (known) return known;
      const series = add(device, quantity, false);
      unstored.push(series);
      return series;
    },
    byId: (id) => byId[id]!,
    restore(id, device, quantity) {
      if (id !== byId.length) throw new Error(`series ${id} where ${byId.length} was due: not a hot file`);
      add(device, quantity, true);
    },
    unstored() {
      unstored = unstored.filter(({ stored }) => !stored);
      return unstored;
    },
    ids(devices, quantities) {
      const wanted = quantities && new Set(quantities);
      return [...ofDevices(devices)].filter((s) => !wanted || wanted.has(s.quantity)).map(({ id }) => id);
    },
    quantityIds: (quantities) => quantities.map((name) => firstOf.get(name)).filter((id) => id !== undefined),
    latest(devices) {
      return [...ofDevices(devices)]
        .filter(({ latestAtMs }) => latestAtMs !== Number.NEGATIVE_INFINITY)
        .map(({ device, quantity, latestValue, latestAtMs }) => ({
          device,
          quantity,
          value: latestValue,
          measuredAtMs: latestAtMs,
        }));
    },
    all: () => byId,
  };
}
