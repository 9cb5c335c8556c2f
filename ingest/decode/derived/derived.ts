import type { Dialect } from "../dialect.ts";
import { readJson } from "../json.ts";
import { isHandedOver } from "../speakers.ts";

/**
 * Topic under which what was reckoned from readings stands in the journal. Nobody can publish to it: the broker takes
 * uplinks under the topics of devices only, and what a service or a foreign broker hands over is not believed here.
 */
export const derivedTopic = "canhdong/derived";

/** One derived value: quantity, device time, value in the catalogue's unit. */
export type DerivedValue = readonly [quantity: string, measuredAtMs: number, value: number];

/** What the platform itself has reckoned: a list of `DerivedValue`s. */
export const derived: Dialect = {
  name: "derived",
  version: 1,
  reads: (topic) => topic === derivedTopic,

  decode(uplink, harvest, { limits }) {
    if (isHandedOver(uplink.device)) {
      harvest.refuse("unknown-topic", () => `${derivedTopic} is for the platform itself`, null, null);
      return;
    }
    const json = readJson(uplink.payload, limits.mostDepth);
    if ("reason" in json) {
      harvest.refuse(json.reason, () => json.detail, null, null);
      return;
    }
    if (!Array.isArray(json.body)) {
      harvest.refuse("wrong-shape", () => "right is a list of [quantity, time, value]", null, null);
      return;
    }
    (json.body as readonly DerivedValue[]).forEach(([quantity, measuredAtMs, value], at) => {
      harvest.take(at, quantity, value, measuredAtMs, (item) => `[${item}]`);
    });
  },
};
