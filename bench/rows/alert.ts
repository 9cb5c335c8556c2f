import type { Row } from "../row.ts";
import { alertRow, probeRule, threshold, words } from "./alert-probes.ts";

/** How long it takes from a node's word to somebody's ear, while 2,000 others speak and 20 rules listen. */
export const alert: Row = alertRow({
  name: "alert",
  what: "publish → alert handed to a notifier, p99, at 5,000 a second",
  placed: false,
  rules: "rules.yaml",
  // YAML contains JSON.
  ours: () => ({ rules: rules(), routes: [{ to: "hook" }] }),
});

/** One rule for the probes, and nineteen that have to look at everything and find nothing. */
function rules() {
  const usual = { "soil.moisture": [20, 50], "soil.temperature": [5, 45], "power.battery": [3, 4.2] };
  const extremes = Object.entries(usual).flatMap(([quantity, [low, high]]) => {
    const name = quantity.replace(".", "-").toLowerCase();
    return [
      threshold(`${name}-low`, quantity, { below: low }),
      threshold(`${name}-high`, quantity, { above: high }),
      threshold(`${name}-long-low`, quantity, { below: low, forMs: 600_000 }),
      threshold(`${name}-long-high`, quantity, { above: high, forMs: 600_000 }),
    ];
  });
  const rates = ["soil.moisture", "soil.temperature", "air.relativeHumidity"].map((quantity, at) => {
    return { ...words, kind: "rate-of-change", name: `rate-${at}`, quantity, fallsBy: 30, withinMs: 600_000 };
  });
  const humidity = [
    threshold("humidity-low", "air.relativeHumidity", { below: 40 }),
    threshold("humidity-long-low", "air.relativeHumidity", { below: 50, forMs: 600_000 }),
  ];
  const silences = [10, 30].map((intervals) => {
    return { ...words, kind: "device-silent", name: `silent-${intervals}`, intervals };
  });
  return [probeRule(), ...extremes, ...rates, ...humidity, ...silences];
}
