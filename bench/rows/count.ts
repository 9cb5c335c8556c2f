import { resolve } from "node:path";
import type { StoredSize } from "../../app/linkage/testing/stored-province.ts";
import type { AskedCount } from "../count/ask-office.ts";
import type { FilledFolder } from "../count/fill-folder.ts";
import type { Row } from "../row.ts";

const script = (name: string) => resolve(import.meta.dirname, "../count", name);
const quantities = 2;
const full: StoredSize = {
  models: 300,
  nodes: 1_500,
  quantities,
  // Every ten minutes.
  perHour: 6,
  flood: 1_000_000,
  seed: 42,
  sealedEvery: "day",
};
const little: StoredSize = {
  ...full,
  models: 20,
  nodes: 100,
  perHour: 1,
  flood: 10_000,
  sealedEvery: "month",
};

/** How long it takes to judge the linkage models of a province by a year of what their nodes measured. */
export const count: Row = {
  name: "count",
  figures: [
    {
      key: "coldSeconds",
      what: `300 linkage models, 1,500 nodes of ${quantities} quantities every 10 minutes: a year counted by a server just started`,
      unit: "s",
      atLeast: 10,
      aim: 5,
      better: "less",
    },
    {
      key: "warmSeconds",
      what: "the same, counted once more",
      unit: "s",
      atLeast: 10,
      aim: 5,
      better: "less",
    },
  ],
  limitSeconds: () => 3_600,
  async run(stage, { short }) {
    const size = short ? little : full;
    const args = [stage.folder(), JSON.stringify(size)];
    stage.say(`the year of ${size.nodes} nodes is written and sealed`);
    const filled = await stage.script<FilledFolder>(script("fill-folder.ts"), args);
    stage.say(`counted twice, and recounted from an export`);
    const found = await stage.script<AskedCount>(script("ask-office.ts"), [...args, "recount"]);
    const { coldSeconds, warmSeconds } = found;
    return {
      measured: { coldSeconds, warmSeconds },
      notes: [
        `${found.readings.toLocaleString("en")} readings, written and sealed in ${Math.round(filled.seconds)} s, ${found.bytesPerReading.toFixed(2)} bytes each (${found.marksPerReading.toFixed(3)} of them marks of hours)`,
        `${found.yes} of ${found.models} models count; asked again at once: ${found.rememberedSeconds.toFixed(2)} s; at most ${Math.round(found.rssMb)} MB resident (${Math.round(found.rssBeforeMb)} MB before the count)`,
        `processor time: ${found.coldProcessorSeconds.toFixed(1)} s just started, ${found.warmProcessorSeconds.toFixed(1)} s once more`,
        `every verdict as recounted by other code from the exported readings, in ${Math.round(found.recountSeconds ?? 0)} s`,
      ],
    };
  },
};
