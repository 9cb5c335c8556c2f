import { expect, test } from "vitest";
import { spanMs } from "../../calendar/index.ts";
import { openRegistry, quantities } from "../../devices/index.ts";
import { createEvidenceSource } from "./evidence-source.ts";
import { plantNodes, quarter, riceNodes } from "./testing/rice-quarter.ts";

const span = spanMs(quarter);

/** Two nodes in the field, and a store that holds one hour of the first, to which others are added. */
function field() {
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  plantNodes(registry);
  const hours = [{ device: "rice-1", hourMs: span.fromMs, count: 1, mean: 20, min: 19, max: 21 }];
  const source = createEvidenceSource({
    registry,
    quantities: quantities.keys(),
    readings: {
      hourlyMeans: async ({ devices }) => hours.filter(({ device }) => devices.includes(device)),
      completeness: async ({ quantity }) =>
        quantity === "soil.moisture"
          ? hours.map(({ device }) => ({ device, readings: 1, minutesWithData: 1, hoursWithData: 1 }))
          : [],
    },
    acknowledgements: async (device) => (device === "rice-1" ? [span.fromMs + 1, span.toMs + 1] : []),
  });
  return { source, hours, registry };
}

test("who stood at a model's place is known with position and interval, of a removed device until it was removed", async () => {
  const { source, registry } = field();
  registry.removeDevice("rice-2", span.fromMs + 1_000);
  const found = await source.placements(span);
  expect(found.map(({ device, model, toMs }) => [device, model, toMs])).toEqual([
    ["rice-1", "lua-cam-binh", span.toMs],
    ["rice-2", "lua-cam-binh", span.fromMs + 1_000],
  ]);
  expect(found[0]!.position).toEqual({ latitude: 18.305, longitude: 105.905 });
});

test("hours that came after a count are in the next one", async () => {
  const { source, hours } = field();
  await source.placements(span);
  expect(await source.hours({ ...span, devices: riceNodes })).toHaveLength(1);
  hours.push({ ...hours[0]!, device: "rice-2" });
  await source.placements(span);
  const series = await source.hours({ ...span, devices: riceNodes });
  expect(series.map(({ device, quantity }) => [device, quantity])).toEqual([
    ["rice-1", "soil.moisture"],
    ["rice-2", "soil.moisture"],
  ]);
});

test("an acknowledgement counts for the model at which the device stood then", async () => {
  const { source } = field();
  expect(await source.acts(span)).toEqual([
    { place: expect.any(String), model: "lua-cam-binh", atMs: span.fromMs + 1 },
  ]);
});
