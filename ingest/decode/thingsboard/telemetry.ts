import type { KnownDevice } from "../directory.ts";
import type { Harvest } from "../harvest.ts";
import { isObject, type JsonObject } from "../json-object.ts";
import { pathText } from "../json-paths.ts";
import { measuredTime } from "../measured-time.ts";
import { mediumOf } from "../measures/words.ts";
import { takeNamed } from "../named-values.ts";
import { shown } from "../plain-text.ts";

/**
 * Takes what one device measured: an object of values, the same under `values` beside its `ts`, or a list of both.
 *
 * @param where the device's name in a gateway's body; empty when the body is the device's own
 */
export function takeTelemetry(
  body: unknown,
  where: string,
  known: KnownDevice,
  receivedAtMs: number,
  harvest: Harvest,
): void {
  const items = Array.isArray(body) ? body : [body];
  const named = where === "" ? [] : [where];
  if (items.length === 0) harvest.refuse("empty", () => `${where} the array has no items`.trim(), null, null);
  for (const [index, item] of items.entries()) {
    const path = Array.isArray(body) ? [...named, index] : named;
    if (isObject(item)) takeItem(item, path, known, receivedAtMs, harvest);
    else {
      const detail = () => `${pathText(path) || "the body"}: ${shown(item)}; right is {"temperature": 25.3}`;
      harvest.refuse("wrong-shape", detail, null, null);
    }
  }
}

function takeItem(
  item: JsonObject,
  path: readonly (string | number)[],
  known: KnownDevice,
  receivedAtMs: number,
  harvest: Harvest,
): void {
  const isTimed = isObject(item.values) && item.ts !== undefined;
  const values = isObject(item.values) ? item.values : item;
  const time = isTimed ? measuredTime(item.ts, receivedAtMs) : { ms: receivedAtMs, complaint: null };
  const inValues = values === item ? path : [...path, "values"];
  const names = Object.keys(values);
  if (names.length === 0)
    harvest.refuse("empty", () => `${pathText(inValues) || "the body"} has no members`, null, null);
  for (const name of names) {
    const value = values[name];
    if (value === null) continue;
    const place = () => pathText([...inValues, name]);
    if (time.complaint !== null)
      harvest.refuse(time.complaint, () => `${place()}: ${time.detail}`, name, time.ms);
    else
      takeNamed(
        { name, value, unit: null, medium: mediumOf(known.model), measuredAtMs: time.ms, place },
        harvest,
      );
  }
}
