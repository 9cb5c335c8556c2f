import type { Reading } from "../../../devices/index.ts";
import type { Span } from "../reading-store.ts";
import { uplinksOf, type WhereaboutsOf } from "./batch-points.ts";
import type { Delete } from "./deletion.ts";
import type { InfluxClient } from "./influx-client.ts";
import { everything, isDevice, isOneOf, placeOf, text, within } from "./influxql.ts";
import {
  isSamePlace,
  type LineWriter,
  tagText,
  tagValue,
  type Whereabouts,
  whenReceived,
} from "./line-protocol.ts";
import { always, chunksOf, deviceIn } from "./queries.ts";
import { writePoints } from "./write-points.ts";

const dayMs = 86_400_000;

/**
 * Sees to it that a reading is there once although where its device stood was told anew since it was written (a move told late,
 * another model): its tags are part of its key, so the server takes it for another one. Only devices that ever had
 * several sets of tags are looked at; which ones, the server is asked once for each.
 */
export class Doubles {
  readonly #client: Pick<InfluxClient, "ask" | "write">;
  readonly #delete: Delete;
  readonly #lines: LineWriter;
  readonly #whereabouts: WhereaboutsOf;
  /** Every set of tags that a device has had, as text, and the one seen last. */
  readonly #standings = new Map<string, { readonly all: Set<string>; last: Whereabouts | null }>();

  constructor(
    client: Pick<InfluxClient, "ask" | "write">,
    deleteBy: Delete,
    lines: LineWriter,
    whereabouts: WhereaboutsOf,
  ) {
    this.#client = client;
    this.#delete = deleteBy;
    this.#lines = lines;
    this.#whereabouts = whereabouts;
  }

  /** Deletes what the server has of these readings, which it was just given, under other tags. */
  async drop(batch: readonly Reading[], isNew: (reading: Reading) => boolean): Promise<void> {
    await this.#meet(batch);
    const suspect = batch.filter((one) => this.#standings.get(one.device)!.all.size > 1 && !isNew(one));
    const parts = Map.groupBy(
      suspect,
      ({ device, measuredAtMs }) => `${Math.floor(measuredAtMs / dayMs)} ${device}`,
    );
    for (const part of parts.values()) await this.#dropOfDay(part[0]!.device, part);
  }

  async #meet(batch: readonly Reading[]): Promise<void> {
    const strangers = batch.map(({ device }) => device).filter((device) => !this.#standings.has(device));
    for (const devices of chunksOf(strangers)) await this.#ask(devices);
    for (const { device, measuredAtMs } of uplinksOf(batch)) {
      const whereabouts = this.#whereabouts(device, measuredAtMs);
      const standings = this.#standings.get(device)!;
      if (standings.last !== null && isSamePlace(standings.last, whereabouts)) continue;
      standings.all.add(standingText(whereabouts));
      standings.last = whereabouts;
    }
  }

  async #ask(devices: readonly string[]): Promise<void> {
    const found = await this.#client.ask(
      `SELECT last("received") FROM ${everything} WHERE ${within(always)}${isOneOf(devices)}
       GROUP BY "device", "parcel", "model", "commune"`,
    );
    for (const device of devices) this.#standings.set(device, { all: new Set(), last: null });
    for (const { tags } of found)
      this.#standings.get(deviceIn(tags))!.all.add(standingText(standingIn(tags)));
  }

  async #dropOfDay(device: string, batch: readonly Reading[]): Promise<void> {
    const wanted = new Map(batch.map((one) => [`${one.quantity} ${one.measuredAtMs}`, one]));
    const found = await this.#client.ask(
      `SELECT "received" FROM ${everything} WHERE ${within(spanOf(batch))} AND ${isDevice(device)}
       GROUP BY "quantity", "parcel", "model", "commune"`,
    );
    const deletions: string[] = [];
    const stillLive: Reading[] = [];
    for (const { tags, rows } of found) {
      const standing = standingIn(tags);
      for (const [ms, received] of rows as [number, number][]) {
        const reading = wanted.get(`${tagValue(tags.quantity ?? "")} ${ms}`);
        if (reading === undefined || standingText(standing) === this.#standing(reading)) continue;
        if (!reading.live && whenReceived(received).live) stillLive.push({ ...reading, live: true });
        deletions.push(deletionOf(reading, standing));
      }
    }
    // What was news once stays so.
    await writePoints(
      this.#client,
      stillLive.map((one) => ({ line: this.#lineOf(one) })),
    );
    await this.#delete(deletions);
  }

  #lineOf(reading: Reading): string {
    return this.#lines.lineOf(reading, this.#whereabouts(reading.device, reading.measuredAtMs));
  }

  #standing({ device, measuredAtMs }: Reading): string {
    return standingText(this.#whereabouts(device, measuredAtMs));
  }
}

function deletionOf({ device, quantity, measuredAtMs }: Reading, standing: Whereabouts): string {
  const { from, where } = placeOf(quantity);
  // A tag that is not there equals the empty text.
  const tags = (["parcel", "model", "commune"] as const).map(
    (tag) => `"${tag}" = ${text(tagText(standing[tag] ?? ""))}`,
  );
  return `DELETE FROM ${from} WHERE ${where} AND ${isDevice(device)} AND ${tags.join(" AND ")} AND time = ${measuredAtMs}ms`;
}

function standingIn({ parcel, model, commune }: Readonly<Record<string, string>>): Whereabouts {
  const of = (tag = "") => (tag === "" ? null : tagValue(tag));
  return { parcel: of(parcel), model: of(model), commune: of(commune) };
}

function standingText({ parcel, model, commune }: Whereabouts): string {
  return JSON.stringify([parcel || null, model || null, commune || null]);
}

function spanOf(batch: readonly Reading[]): Span {
  const times = batch.map(({ measuredAtMs }) => measuredAtMs);
  return {
    fromMs: times.reduce((least, ms) => Math.min(least, ms)),
    toMs: times.reduce((most, ms) => Math.max(most, ms)) + 1,
  };
}
