import { type Channel, channel } from "../frames/channel.ts";
import { createModel } from "../frames/create-model.ts";
import { skip, uint8 } from "../frames/fields.ts";
import { type Group, group, groups } from "../frames/sensecap-groups.ts";
import { measurementIds, measurements } from "../frames/sensecap-measurements.ts";

const loggerChannels: readonly Channel[] = Array.from({ length: 15 }, (_, index) =>
  channel(`logger.channel${index + 1}`, { unit: "1", over: 1000 }),
);

/** Two channels: their numbers in the halves of one byte (0: none), then their values in thousandths. */
function twoChannels(valuesAt: number): Group {
  return {
    size: valuesAt + 8,
    read(view, at, out) {
      const numbers = view.getUint8(at);
      const first = loggerChannels[(numbers >> 4) - 1];
      const second = loggerChannels[(numbers & 0x0f) - 1];
      if (first !== undefined) out.take(first, view.getInt32(at + valuesAt));
      if (second !== undefined) out.take(second, view.getInt32(at + valuesAt + 4));
    },
  };
}

const battery = uint8(channel("power.batteryPercent", { unit: "%" }));
const threshold = group(skip(9));

const readGroups = groups({
  48: twoChannels(2),
  49: twoChannels(2),
  50: twoChannels(1),
  51: twoChannels(2),
  52: group(skip(4)),
  53: threshold,
  54: threshold,
  55: threshold,
  56: threshold,
  57: group(battery, skip(8)),
});
const readMeasurements = measurements(measurementIds);

/** Measurements begin with their channel, 0 or 1; data ids begin at 3. */
export const sensecapS2100 = createModel({
  name: "sensecap-s2100",
  vendor: "SenseCAP",
  label: "S2100 data logger",
  version: 2,
  read: (view, out) => (view.getUint8(0) <= 1 ? readMeasurements(view, out) : readGroups(view, out)),
});
