import { resolve } from "node:path";
import type { AskedCount } from "../count/ask-office.ts";
import type { Row } from "../row.ts";

const script = resolve(import.meta.dirname, "../count.ts");
const quantities = 2;
/** Every ten minutes. */
const perHour = 6;

/** How long it takes to judge the linkage models of a province by a year of what their nodes measured. */
export const count: Row = {
  name: "count",
  figures: [
    {
      key: "coldSeconds",
      what: `300 linkage models with 1,500 nodes of ${quantities} quantities every 10 minutes, counted over a year by a server just started`,
      unit: "s",
      atLeast: 10,
      aim: 5,
      better: "less",
    },
    {
      key: "warmSeconds",
      what: "the same count, made once more",
      unit: "s",
      atLeast: 10,
      aim: 5,
      better: "less",
    },
  ],
  limitSeconds: () => 3_600,
  async run(stage, { short }) {
    const [models, nodes] = short ? [20, 100] : [300, 1_500];
    stage.say(`${nodes} nodes' year is written and sealed, counted and recounted`);
    const size = {
      models,
      nodes,
      quantities,
      "per-hour": short ? 1 : perHour,
      flood: short ? 10_000 : 1_000_000,
    };
    const words = Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const found = await stage.script<AskedCount & { readonly generateSeconds: number }>(script, [
      ...words,
      "--json",
    ]);
    const { coldSeconds, warmSeconds } = found;
    return {
      measured: { coldSeconds, warmSeconds },
      notes: [
        `${found.readings.toLocaleString("en")} readings, written and sealed in ${Math.round(found.generateSeconds)} s, ${found.bytesPerReading.toFixed(2)} bytes each (marks of hours: ${found.marksPerReading.toFixed(3)})`,
        `${found.yes} of ${found.models} models count; asked again at once: ${found.rememberedSeconds.toFixed(2)} s; at most ${Math.round(found.rssMb)} MB resident`,
        `processor time: ${found.coldProcessorSeconds.toFixed(1)} s just started, ${found.warmProcessorSeconds.toFixed(1)} s once more`,
        `every verdict as recounted by other code from the exported readings, in ${Math.round(found.recountSeconds ?? 0)} s`,
      ],
    };
  },
};
