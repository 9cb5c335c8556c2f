import { expect, test } from "vitest";
import { quantityOf, Telemetry } from "../../devices/index.ts";
import type { Trouble } from "../faults/trouble.ts";
import { nodeKinds } from "../node/probes.ts";
import type { SimulatedDevice } from "../node/simulated-node.ts";
import { createField, type FieldParts } from "./field.ts";

const hour = 3_600_000;
const startMs = Date.UTC(2026, 5, 1);

const devices: readonly SimulatedDevice[] = Array.from({ length: 12 }, (_, i) => ({
  id: `node-${i}`,
  kind: nodeKinds[i % 3]!,
  place: { id: `place-${i >> 1}`, latitude: 16.5 + i / 10, longitude: 107.5 },
}));

/** Everything that a field with a perfect network sends over some hours, in order. */
function sentOver(hours: number, changed: Partial<FieldParts> = {}): string[] {
  const field = createField({ devices, seed: 1, startMs, intervalMs: 300_000, ...changed });
  const sent: string[] = [];
  field.advanceTo(startMs + hours * hour, (index) => {
    const node = field.nodes[index]!;
    if (!node.covered) return;
    for (let message = node.next(); message !== null; message = node.next()) {
      sent.push(`${message.topic} ${message.payload}`);
      node.confirmed(message);
    }
  });
  return sent;
}

const items = (line: string) => [JSON.parse(line.slice(line.indexOf(" ") + 1))].flat();

test("the same seed sends the same bytes, another seed others", () => {
  const sent = sentOver(48, { outagesPerDay: 0.5 });
  expect(sent.length).toBeGreaterThan(5_000);
  expect(sentOver(48, { outagesPerDay: 0.5 })).toEqual(sent);
  const values = (lines: readonly string[]) => lines.flatMap(items).map(({ values }) => values);
  expect(values(sentOver(48, { seed: 2 }))).not.toEqual(values(sent));
});

test("time that goes in small steps brings the same as time that jumps", () => {
  const record = (stepMs: number) => {
    const field = createField({ devices, seed: 7, startMs, intervalMs: 60_000, outagesPerDay: 1 });
    const sent: string[] = [];
    for (let atMs = startMs; atMs <= startMs + 6 * hour; atMs += stepMs) {
      field.advanceTo(atMs, (index) => sent.push(`${index} ${field.nodes[index]!.covered}`));
    }
    return [...sent, ...field.nodes.map((node) => node.next()!.payload)];
  };
  expect(record(10_000)).toEqual(record(6 * hour));
});

test("everything sent is telemetry of the catalogue, within what is plausible", () => {
  for (const line of sentOver(24)) {
    Telemetry.parse(items(line));
    for (const { values } of items(line)) {
      expect(Object.keys(values).length).toBe(6);
      for (const [name, value] of Object.entries(values)) {
        const { plausible } = quantityOf(name)!;
        expect(value).toBeGreaterThanOrEqual(plausible.min);
        expect(value).toBeLessThanOrEqual(plausible.max);
      }
    }
  }
});

test("an outage loses nothing: every measurement of the day arrives once, in order, with its own time", () => {
  const sent = sentOver(24, { outagesPerDay: 1 });
  const batches = sent.filter((line) => items(line).length > 1);
  expect(batches.length).toBeGreaterThan(devices.length / 2);
  for (const { id } of devices) {
    const seen = sent.filter((line) => line.includes(`/${id}/`)).flatMap(items);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, i) => i));
    expect(seen.map(({ ts }) => ts)).toEqual(seen.map((_, i) => seen[0].ts + i * 300_000));
  }
});

test("a full flash gives up its oldest measurements and counts them", () => {
  const field = createField({ devices, seed: 1, startMs, intervalMs: 60_000, flashItems: 100 });
  let measured = 0;
  field.advanceTo(startMs + 5 * hour, () => {});
  for (const node of field.nodes) {
    const { waiting, dropped } = node.account();
    expect(node.waiting).toBe(100);
    measured = (waiting + dropped) / 6;
    const kept: number[] = [];
    for (let message = node.next(); message !== null; message = node.next()) {
      kept.push(...items(`x ${message.payload}`).map(({ seq }) => seq));
    }
    expect(kept).toEqual(Array.from({ length: 100 }, (_, i) => measured - 100 + i));
  }
  expect(measured).toBeGreaterThan(290);
});

test("nodes do not all wake in one moment", () => {
  const field = createField({ devices, seed: 1, startMs, intervalMs: 600_000 });
  expect(new Set(field.nodes.map(({ dueMs }) => dueMs)).size).toBeGreaterThan(devices.length / 2);
});

test("a stolen node goes on from another place, and only from then on", () => {
  const [stolen] = devices;
  const thief = devices.find(({ kind, place }) => kind === stolen!.kind && place.id !== stolen!.place.id)!;
  const record = (troubles: Trouble[]) => {
    const field = createField({ devices, seed: 1, startMs, intervalMs: 600_000, outagesPerDay: 0, troubles });
    const seen: { ts: number; values: Record<string, number> }[] = [];
    field.advanceTo(startMs + 6 * hour, (index) => {
      const node = field.nodes[index]!;
      if (index === 0)
        for (let m = node.next(); m !== null; m = node.next()) seen.push(...[JSON.parse(m.payload)].flat());
    });
    return seen;
  };
  const atMs = startMs + 3 * hour;
  const left = record([]);
  const taken = record([{ kind: "theft", device: stolen!.id, atMs, toPlace: thief.place.id }]);
  const before = (all: typeof left) => all.filter(({ ts }) => ts < atMs);
  const after = (all: typeof left) => all.filter(({ ts }) => ts >= atMs);
  expect(before(taken).length).toBeGreaterThan(10);
  expect(before(taken)).toEqual(before(left));
  expect(after(taken).length).toBe(after(left).length);
  expect(after(taken)).not.toEqual(after(left));
});
