import type { JsonObject } from "../json-object.ts";
import { type CborValue, readCbor } from "./cbor.ts";

/** RFC 8428, table 4. Other labels come as text in CBOR, too. */
const labels: ReadonlyMap<CborValue, string> = new Map([
  [-1, "bver"],
  [-2, "bn"],
  [-3, "bt"],
  [-4, "bu"],
  [-5, "bv"],
  [-6, "bs"],
  [0, "n"],
  [1, "u"],
  [2, "v"],
  [3, "vs"],
  [4, "vb"],
  [5, "s"],
  [6, "t"],
  [7, "ut"],
  [8, "vd"],
]);

/**
 * A SenML pack in CBOR as the same pack in JSON would be parsed.
 *
 * @throws CborError
 */
export function cborBody(payload: Uint8Array, mostDepth: number): unknown {
  const pack = readCbor(payload, mostDepth);
  return Array.isArray(pack) ? (pack as readonly CborValue[]).map(recordOf) : pack;
}

function recordOf(record: CborValue): JsonObject | CborValue {
  if (!(record instanceof Map)) return record;
  const entries = [...(record as ReadonlyMap<CborValue, CborValue>)];
  return Object.fromEntries(entries.map(([key, value]) => [labels.get(key) ?? String(key), value]));
}
