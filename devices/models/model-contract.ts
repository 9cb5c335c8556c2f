import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { quantityOf } from "../quantities/quantities.ts";
import { type DecodedFrame, type DeviceModel, flags } from "./device-model.ts";
import type { Example } from "./example.ts";

const receivedAtMs = Date.UTC(2026, 10, 21);

/** What is carried and has no meaning to keep: counts before calibration, a third probe. A typo would be one more. */
const beyondTheCatalogue = new Set([
  ...["soil.rawEc", "soil.rawMoisture"],
  ...["water.distance2", "water.distance3", "water.temperature3"],
]);

/**
 * What every model must do: its examples, and nothing implausible of noise.
 *
 * @param own its examples, from its folder
 */
export function modelContract(model: DeviceModel, own: readonly Example[]): void {
  const { name } = model;
  const folder = `devices/models/${name}`;

  describe(`${name} keeps the contract of a model`, () => {
    test("says what it is", () => {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(name.startsWith(`${model.vendor.toLowerCase()}-`)).toBe(true);
      expect(model.label).not.toBe("");
      expect(model.version).toBeGreaterThanOrEqual(1);
      expect(readFileSync(`${import.meta.dirname}/${name}/README.md`, "utf8")).toContain(`# ${name}\n`);
    });

    test("has examples", () => {
      const wanted = `${folder}/examples.ts needs two examples or more: the data sheet's, and one in which something is wrong`;
      expect(own.length, wanted).toBeGreaterThan(1);
      expect(new Set(own.map(({ says }) => says)).size).toBe(own.length);
    });

    test.for(own)("$says", (example) => {
      const ours = shown(decode(example.hex, example.port, example.mountingHeightCm));
      const mend = `${folder}: mend the channels, or the example when the data sheet says so`;
      expect(ours, mend).toEqual(expected(example));
    });

    test("gives names and units of the catalogue, one value for each time", () => {
      for (const { hex, port } of own) expect(faults(decode(hex, port, 200))).toEqual([]);
    });

    test.skipIf(own.length === 0)(
      "makes nothing implausible of 10,000 random and truncated frames, and never throws",
      () => {
        const random = randomOf(name);
        for (let round = 0; round < 10_000; round++) {
          const { port, bytes } = noise(own, random);
          const decoded = model.decode({ port, bytes, receivedAtMs }, { mountingHeightCm: 250 });
          const wrong = decoded.values.filter((value) => !isPlausible(value.quantity, value.value));
          if (wrong.length > 0 || decoded.flags.some((flag) => !flags.includes(flag))) {
            expect.fail(`${Buffer.from(bytes).toString("hex")} on port ${port}: ${JSON.stringify(decoded)}`);
          }
          for (const { measuredAtMs } of decoded.values) {
            if (measuredAtMs !== null) expect(measuredAtMs).toBeLessThanOrEqual(receivedAtMs + 86_400_000);
          }
        }
      },
    );

    test("reads the same from the middle of a larger buffer", () => {
      for (const { hex, port } of own) {
        const bytes = bytesOf(hex);
        const around = new Uint8Array(bytes.length + 20).fill(0xa5);
        around.set(bytes, 7);
        const inside = around.subarray(7, 7 + bytes.length);
        const facts = { mountingHeightCm: null };
        expect(model.decode({ port, bytes: inside, receivedAtMs }, facts)).toEqual(
          model.decode({ port, bytes, receivedAtMs }, facts),
        );
      }
    });
  });

  function decode(hex: string, port: number, mountingHeightCm: number | null = null): DecodedFrame {
    return model.decode({ port, bytes: bytesOf(hex), receivedAtMs }, { mountingHeightCm });
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

/** Numbers to nine digits: what lies behind is the noise of binary fractions. */
const rounded = (value: number) => Number(value.toPrecision(9));

function shown({ values, extras, flags, rejections }: DecodedFrame) {
  const past: Record<string, Record<string, number>> = {};
  for (const { quantity, value, measuredAtMs } of values) {
    const at = measuredAtMs === null ? "now" : new Date(measuredAtMs).toISOString();
    past[at] = { ...past[at], [quantity]: rounded(value) };
  }
  const { now = {}, ...rest } = past;
  return {
    values: now,
    past: rest,
    extras: Object.fromEntries(extras.map(({ name, value }) => [name, rounded(value)])),
    flags: [...flags].sort(),
    refused: rejections.map(({ reason, quantity }) => (quantity === null ? reason : `${reason} ${quantity}`)),
  };
}

function expected({ values = {}, past = {}, extras = {}, flags = [], refused = [] }: Example) {
  return { values, past, extras, flags: [...flags].sort(), refused };
}

function faults({ values, extras, rejections }: DecodedFrame): string[] {
  const unknown = values.filter(({ quantity }) => quantityOf(quantity) === undefined);
  const stray = extras.filter(({ name }) => !beyondTheCatalogue.has(name) || quantityOf(name) !== undefined);
  const unnamed = rejections.filter(
    ({ quantity }) => quantity !== null && !quantityOf(quantity) && !beyondTheCatalogue.has(quantity),
  );
  const keys = values.map(({ quantity, measuredAtMs }) => `${quantity} twice at ${measuredAtMs}`);
  return [
    ...unknown.map(({ quantity }) => quantity),
    ...stray.map(({ name }) => name),
    ...unnamed.map(({ quantity }) => String(quantity)),
    ...keys.filter((key, index) => keys.indexOf(key) !== index),
    ...rejections.filter(({ detail }) => detail.length < 5).map(({ reason }) => `${reason} without a detail`),
  ];
}

function isPlausible(name: string, value: number): boolean {
  const quantity = quantityOf(name);
  if (quantity === undefined) return false;
  const { plausible, sentinels } = quantity;
  return value >= plausible.min && value <= plausible.max && !sentinels.includes(value);
}

/** A seed for each model, so that a failure can be played again (mulberry32). */
function randomOf(name: string): () => number {
  let state = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 17);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Three kinds of noise: nothing but chance, an example that was cut, and one with a few bytes changed. */
function noise(own: readonly Example[], random: () => number): { port: number; bytes: Uint8Array } {
  const upTo = (limit: number) => Math.floor(random() * limit);
  const { hex, port } = own[upTo(own.length)] as Example;
  const kind = upTo(3);
  if (kind === 0) return { port, bytes: Uint8Array.from({ length: upTo(60) }, () => upTo(256)) };
  const bytes = bytesOf(hex);
  if (kind === 1) return { port, bytes: bytes.subarray(0, upTo(bytes.length + 1)) };
  for (let changes = 1 + upTo(4); changes > 0 && bytes.length > 0; changes--) {
    bytes[upTo(bytes.length)] = upTo(256);
  }
  return { port, bytes };
}
