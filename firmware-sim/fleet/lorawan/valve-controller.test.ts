import { expect, test } from "vitest";
import { modelOf } from "../../../devices/index.ts";
import { createWorld } from "../../world/world.ts";
import { ValveController } from "./valve-controller.ts";

const startMs = Date.UTC(2026, 2, 1);
const minute = 60_000;
const uc511 = modelOf("milesight-uc511")!;

/** A valve at a parcel that nobody else irrigates, in a time without rain. */
function putUp() {
  const world = createWorld(1, startMs, {
    climateEvents: false,
    events: [{ kind: "drought", fromMs: startMs, toMs: startMs + 30 * 24 * 60 * minute }],
  });
  const place = { id: "vuon", latitude: 18.2, longitude: 105.8, parcel: { isTended: false } };
  const { site } = world.spot(place, "soil");
  const valves = new ValveController(site);
  return {
    site,
    valves,
    at: (minutes: number) => valves.advanceTo(startMs + minutes * minute),
    told(name: string, args: object) {
      const { port, bytes } = uc511.downlinks![name]!.encode(args);
      valves.receive(port, bytes);
    },
    /** What the platform's decoder reads of its next frame. */
    shown() {
      const content = { values: {}, absent: [], volts: 4, mountingHeightCm: 0 };
      const frame = { ...valves.encoder.encode(content), receivedAtMs: startMs };
      const { values, rejections } = uc511.decode(frame, { mountingHeightCm: null });
      expect(rejections).toEqual([]);
      const named = Object.fromEntries(values.map(({ quantity, value }) => [quantity, value]));
      return [named["valve.open"], named["valve.open2"]];
    },
    moistureAt: (minutes: number) => site.truthAt(startMs + minutes * minute)["soil.moisture"]!,
  };
}

test("a valve that is opened for some minutes closes by itself, and the other one stays shut", () => {
  const { at, told, shown } = putUp();
  at(0);
  expect(shown()).toEqual([0, 0]);
  told("irrigate", { valve: 2, minutes: 20 });
  at(19);
  expect(shown()).toEqual([0, 1]);
  at(20);
  expect(shown()).toEqual([0, 0]);
});

test("a valve that is opened stays open until it is closed", () => {
  const { at, told, shown, valves } = putUp();
  at(0);
  told("open", { valve: 1 });
  at(600);
  expect(shown()).toEqual([1, 0]);
  told("close", { valve: 1 });
  expect(shown()).toEqual([0, 0]);
  expect(valves.obeyed).toBe(2);
});

test("an open valve waters the parcel, no longer than it is open", () => {
  const dry = putUp();
  const wet = putUp();
  const soaked = putUp();
  for (const each of [dry, wet, soaked]) each.at(0);
  wet.told("irrigate", { minutes: 60 });
  wet.valves.irrigateUntil(startMs + 30 * minute);
  wet.at(30);
  wet.valves.irrigateUntil(startMs + 600 * minute);
  soaked.told("open", {});
  soaked.valves.irrigateUntil(startMs + 600 * minute);
  dry.valves.irrigateUntil(startMs + 600 * minute);
  const [none, hour, tenHours] = [dry, wet, soaked].map((each) => each.moistureAt(700)) as [
    number,
    number,
    number,
  ];
  expect(hour).toBeGreaterThan(none + 1);
  expect(tenHours).toBeGreaterThan(hour + 1);
});

test("bytes that are no task for a valve change nothing", () => {
  const { at, valves, shown } = putUp();
  at(0);
  for (const hex of ["", "ff03b004", "ff1d", "ff1da000b0", "ff1d2300", "00112233"]) {
    valves.receive(85, Buffer.from(hex, "hex"));
  }
  valves.receive(2, Buffer.from("ff1d2000", "hex"));
  expect(shown()).toEqual([0, 0]);
  expect(valves.obeyed).toBe(0);
});
