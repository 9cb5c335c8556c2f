import { join } from "node:path";
import type { Row } from "../row.ts";

const decodeScript = join(import.meta.dirname, "../decode.ts");
const modelsScript = join(import.meta.dirname, "../models.ts");

const native = "one item, 5 values";
const chirpstack = "ChirpStack, LSE01, one gateway";
const valuesEach = 5;

interface ModelFigures {
  readonly together: number;
  readonly slowest: { readonly name: string; readonly perSecond: number };
}

/** What one core makes of bytes: frames of LoRaWAN devices by themselves, and whole uplinks with everything around them. */
export const decode: Row = {
  name: "decode",
  figures: [
    figure(
      "frames",
      "LoRaWAN frames of all device models in turns, one core",
      "frames/s",
      200_000,
      1_000_000,
    ),
    figure("slowest", "LoRaWAN frames of the slowest device model, one core", "frames/s", 200_000, 500_000),
    figure("values", "values in our own JSON, five an uplink, one core", "values/s", 1_000_000, 2_000_000),
    figure(
      "events",
      "ChirpStack events of an LSE01, JSON to readings, one core",
      "uplinks/s",
      40_000,
      100_000,
    ),
  ],
  limitSeconds: () => 600,
  async run(stage) {
    stage.say("frames of every device model, then uplinks of every dialect");
    const frames = await stage.script<ModelFigures>(modelsScript, ["--json"]);
    const uplinks = await stage.script<Record<string, number>>(decodeScript, ["--json"]);
    return {
      measured: {
        frames: frames.together,
        slowest: frames.slowest.perSecond,
        values: uplinks[native]! * valuesEach,
        events: uplinks[chirpstack]!,
      },
      notes: [
        `the slowest model is ${frames.slowest.name}`,
        ...Object.entries(uplinks).map(([kind, rate]) => `${kind}: ${rate.toLocaleString("en")} uplinks/s`),
      ],
    };
  },
};

function figure(key: string, what: string, unit: string, atLeast: number, aim: number) {
  return { key, what, unit, atLeast, aim, better: "more" as const };
}
