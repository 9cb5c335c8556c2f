import { describe, expect, test } from "vitest";
import { type DecodedFrame, modelOf, quantityOf } from "../../../devices/index.ts";
import { keyAt, uniform } from "../../chance.ts";
import type { Frame, FrameContent, FrameEncoder } from "./frame-encoder.ts";
import { frameEncoderOf, frameEncoders } from "./frame-encoders.ts";

/* What the encoders send, the platform's own decoders must read: two independent writings of one vendor's layout. */

const mountingHeightCm = 250;
const receivedAtMs = Date.UTC(2026, 4, 1);

function decoded(encoder: FrameEncoder, content: FrameContent): DecodedFrame {
  const frame: Frame = encoder.encode(content);
  return modelOf(encoder.model)!.decode({ ...frame, receivedAtMs }, { mountingHeightCm });
}

const valuesOf = ({ values }: DecodedFrame) =>
  new Map(values.map(({ quantity, value }) => [quantity, value]));

/** Something that each probe of the model could show, by chance. */
function shown(encoder: FrameEncoder, seed: number): FrameContent {
  const values: Record<string, number> = {};
  for (const [i, { quantity, decimals }] of encoder.probes.entries()) {
    const range = quantity === "water.level" ? { min: -0.2, max: 2 } : quantityOf(quantity)!.plausible;
    const [low, high] = [Math.max(range.min, -20), Math.min(range.max, 60)];
    const value = low + (high - low) * uniform(keyAt(seed, i));
    values[quantity] = Number(value.toFixed(decimals));
  }
  return { values, absent: [], volts: 3.6 + 0.4 * uniform(seed), mountingHeightCm };
}

describe.each(frameEncoders.map((encoder) => [encoder.model, encoder] as const))("%s", (_, encoder) => {
  test("what its probes show is read again, to the last digit that the wire has", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const content = shown(encoder, seed);
      const frame = decoded(encoder, content);
      expect(frame.rejections).toEqual([]);
      const read = valuesOf(frame);
      for (const [quantity, value] of Object.entries(content.values)) {
        const step = quantity === "air.relativeHumidity" ? 0.5 : 10 ** -1;
        expect(Math.abs(read.get(quantity)! - value), `${quantity} ${value}`).toBeLessThanOrEqual(step / 2);
      }
      expect(frame.flags.filter((flag) => flag !== "probe-absent")).toEqual([]);
    }
  });

  test("a probe that is not there gives no value", () => {
    const content = shown(encoder, 1);
    const frame = decoded(encoder, {
      ...content,
      values: {},
      absent: encoder.probes.map(({ quantity }) => quantity),
    });
    const measured = frame.values.filter(({ quantity }) => !quantity.startsWith("power."));
    const told = measured.filter(
      ({ quantity }) => encoder.model !== "milesight-gs301" || quantity.startsWith("air.nh3"),
    );
    expect(told).toEqual([]);
    expect(frame.rejections).toEqual([]);
  });
});

test("cells that polarise say so", () => {
  const encoder = frameEncoderOf("gs301")!;
  const content = shown(encoder, 1);
  const { "air.nh3": _, "air.h2s": __, ...values } = content.values;
  expect(decoded(encoder, { ...content, values }).flags).toEqual(["warming-up"]);
});

test("a model is found with and without its vendor", () => {
  expect(frameEncoderOf("lse01")?.model).toBe("dragino-lse01");
  expect(frameEncoderOf("milesight-gs301")?.model).toBe("milesight-gs301");
  expect(frameEncoderOf("toaster")).toBeUndefined();
});
