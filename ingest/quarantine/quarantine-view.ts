import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { RejectionReason } from "../decode/decoded.ts";
import type { JournaledUplink, Position } from "../journal/journal.ts";
import type { Entry } from "./entry.ts";

export interface QuarantineQuery {
  readonly reason?: string;
  /** Whose values, or uplinks. */
  readonly device?: string;
  /**
   * Who could not read it: a label such as `chirpstack/1+dragino-lse01/3`, or a part of one, with its version or
   * without: `dragino-lse01`.
   */
  readonly decoder?: string;
  /** Only uplinks before this place in the journal. */
  readonly before?: Position;
  /** Only what was measured from then on, inclusive. What has no measured time is in no span. */
  readonly measuredFromMs?: number;
  /** Exclusive. */
  readonly measuredToMs?: number;
}

/** What may be counted by itself. */
export type CountQuery = Pick<QuarantineQuery, "device" | "decoder" | "measuredFromMs" | "measuredToMs">;

/** One entry, with what is needed to show it. */
export interface Quarantined extends Entry {
  readonly position: Position;
  readonly topic: string;
  readonly receivedAtMs: number;
  /** The first 8 KiB of the raw bytes, cut between characters; `raw` has them all. */
  readonly payload: Uint8Array;
  /** Name and version of the decoder that could not read it. */
  readonly decoder: string;
}

/** What can be looked up; also while another process writes. Only what is not mended counts. */
export interface QuarantineReader {
  /** Rejections of all reasons. */
  readonly total: number;
  /** Rejections by reason; reasons without any are absent. */
  count(query?: CountQuery): Partial<Record<RejectionReason, number>>;
  /** Newest first. The last uplink's entries come whole, so there may be up to 600 more than `limit`. */
  list(query: QuarantineQuery & { readonly limit: number }): Quarantined[];
  /** The whole uplink as it arrived, mended or not. */
  raw(position: Position): JournaledUplink | undefined;
}

const previewBytes = 8192;

/** Reads quarantine from its database. */
export class QuarantineView implements QuarantineReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  get total(): number {
    const row = this.#db.prepare("SELECT coalesce(sum(rejections), 0) AS total FROM tallies").get();
    return row!.total as number;
  }

  count(query: CountQuery = {}): Partial<Record<RejectionReason, number>> {
    const { where, values } = conditions(query);
    const rows =
      values.length === 0
        ? this.#db.prepare("SELECT reason, rejections FROM tallies WHERE rejections > 0").all()
        : this.#db.prepare(`${countByReason} ${source} WHERE ${where} GROUP BY reason`).all(...values);
    return Object.fromEntries(rows.map(({ reason, rejections }) => [reason, rejections]));
  }

  list({ limit, ...query }: QuarantineQuery & { readonly limit: number }): Quarantined[] {
    const { where, values } = conditions(query);
    const found = `${source} WHERE ${where}`;
    const last = this.#db
      .prepare(`SELECT position ${found} ORDER BY position DESC LIMIT 1 OFFSET ?`)
      .get(...values, limit - 1);
    const rows = this.#db
      .prepare(`SELECT ${columns} ${found} AND position >= ? ORDER BY position DESC, place`)
      .all(...values, (last?.position as number | undefined) ?? 0);
    return rows.map((row) => {
      const entry = row as unknown as Quarantined;
      return { ...entry, payload: wholeCharacters(entry.payload) };
    });
  }

  raw(position: Position): JournaledUplink | undefined {
    const row = this.#db.prepare(`SELECT ${uplinkColumns} FROM uplinks WHERE position = ?`).get(position);
    return row === undefined ? undefined : (row as unknown as JournaledUplink);
  }
}

/** Selects the members of a {@link JournaledUplink}. */
export const uplinkColumns = "position, device, topic, payload, received_at_ms AS receivedAtMs";

/** SQLite's substr makes NULL of a blob that is empty. */
const preview = `coalesce(substr(payload, 1, ${previewBytes}), x'')`;

const columns = `
  position, reason, detail, quantity, measured_at_ms AS measuredAtMs, rejections,
  e.device, topic, received_at_ms AS receivedAtMs, ${preview} AS payload, decoder`;

const countByReason = "SELECT reason, sum(rejections) AS rejections";

/** SQLite keeps the order of a CROSS JOIN; left to itself it may walk all uplinks to find one device's entries. */
const source = "FROM entries e CROSS JOIN uplinks u USING (position)";

/** A label is parts joined by `+`, each a name and a version: the whole, a part, or the name of one. */
const isDecoder = `(
  u.decoder = ? OR instr('+' || u.decoder || '+', '+' || ? || '+') > 0 OR instr('+' || u.decoder, '+' || ? || '/') > 0)`;

function conditions(query: QuarantineQuery): { where: string; values: (string | number)[] } {
  const asked: [string, string | number | undefined][] = [
    ["e.reason = ?", query.reason],
    ["e.device = ?", query.device],
    [isDecoder, query.decoder],
    ["position < ?", query.before],
    ["e.measured_at_ms >= ?", query.measuredFromMs],
    ["e.measured_at_ms < ?", query.measuredToMs],
  ];
  const given = asked.filter(([, value]) => value !== undefined);
  return {
    where: ["e.open", ...given.map(([condition]) => condition)].join(" AND "),
    values: given.flatMap(([condition, value]) =>
      condition
        .split("?")
        .slice(1)
        .map(() => value!),
    ),
  };
}

/** Without the UTF-8 character that the cut went through, so that what was text is still text. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  if (bytes.length < previewBytes) return bytes;
  let end = bytes.length;
  while (end > bytes.length - 4 && (bytes[end - 1]! & 0xc0) === 0x80) end--;
  const isLeading = (bytes[end - 1]! & 0xc0) === 0xc0;
  return isLeading ? bytes.subarray(0, end - 1) : bytes.subarray(0, end);
}
