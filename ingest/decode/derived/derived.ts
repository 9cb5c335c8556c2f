import type { Dialect } from "../dialect.ts";
import { findDevice } from "../directory.ts";
import { readJson } from "../json.ts";
import { isObject } from "../json-object.ts";
import { shown } from "../plain-text.ts";

/**
 * Topic under which what was reckoned from readings stands in the journal. Nobody can publish to it: the broker takes
 * uplinks under the topics of devices only, and what a service or a foreign broker hands over is not believed here.
 */
export const derivedTopic = "canhdong/derived";

/** Under this name the platform itself puts it there. Neither a device nor anything that hands over can be called so. */
export const derivedBy = "platform:derived";

/** One derived value: quantity, device time, value in the catalogue's unit. */
export type DerivedValue = readonly [quantity: string, measuredAtMs: number, value: number];

/** What was reckoned of several devices, by their ids. */
export type DerivedBody = Readonly<Record<string, readonly DerivedValue[]>>;

/** What the platform itself has reckoned: a `DerivedBody`. */
export const derived: Dialect = {
  name: "derived",
  version: 2,
  reads: (topic) => topic === derivedTopic,

  decode(uplink, harvest, { limits, directory }) {
    if (uplink.device !== derivedBy) {
      harvest.refuse("unknown-topic", () => `${derivedTopic} is for the platform itself`, null, null);
      return;
    }
    const json = readJson(uplink.payload, limits.mostDepth);
    if ("reason" in json) {
      harvest.refuse(json.reason, () => json.detail, null, null);
      return;
    }
    if (!isObject(json.body)) {
      harvest.refuse("wrong-shape", () => "right are the values of each device, by its id", null, null);
      return;
    }
    for (const [id, values] of Object.entries(json.body)) {
      const found = findDevice(id, directory);
      if (found === undefined || !Array.isArray(values)) {
        harvest.refuse("unknown-device", () => `${shown(id)} is registered no more`, null, null);
        continue;
      }
      harvest.speakFor(found.id, found.known);
      (values as readonly DerivedValue[]).forEach(([quantity, measuredAtMs, value], at) => {
        harvest.take(at, quantity, value, measuredAtMs, (item) => `${id}[${item}]`);
      });
      harvest.speakForNobody();
    }
  },
};
