import { type Channel, channel } from "../frames/channel.ts";
import { type FrameReader, hasBytes } from "../frames/create-model.ts";
import { dragino } from "../frames/dragino.ts";
import { type Field, int16, readFields, skip, uint8, uint16, uint32 } from "../frames/fields.ts";
import type { FrameYield } from "../frames/frame-yield.ts";

/*
 * A board for whatever somebody solders to it. Its working mode stands in byte 6 and decides what the other bytes are.
 */

const absent = { 32767: "probe-absent", [-1]: "probe-absent" } as const;
const tenths = (name: string): Channel => channel(name, { unit: "Cel", over: 10, codes: absent });
const volts = (name: string): Field => uint16(channel(name, { unit: "mV" }));

const battery = uint16(channel("power.battery", { unit: "mV" }));
/** Alone it is what the node measures; beside a sensor for the air, only its owner knows where it hangs. */
const aloneProbe = int16(tenths("air.temperature"));
/**
 * 0 besides: older boards of this family send it for a probe that is not there while they measure something else. What is really at
 * 0.0 °C, fish on ice, is measured in a mode of its own, where 0 counts.
 */
const besideProbe = int16(
  channel("probe.temperature", { unit: "Cel", over: 10, codes: { ...absent, 0: "probe-absent" } }),
);
const probe2 = int16(tenths("probe.temperature2"));
const probe3 = int16(tenths("probe.temperature3"));
const airTemperature = int16(tenths("air.temperature"));
const airHumidity = uint16(
  channel("air.relativeHumidity", { unit: "%", over: 10, codes: { 65535: "probe-absent" } }),
);
const status = skip(1);
const count = uint32(channel("probe.count", { unit: "1" }));
const count2 = uint32(channel("probe.count2", { unit: "1" }));
const light = channel("air.lightIntensity", { unit: "lx" });
const distance = uint16(
  channel("water.distance", { unit: "mm", codes: { 0: "probe-absent", 65535: "probe-absent" } }),
);
const adc1 = volts("probe.voltage");

/** The low word first, as the board reads it from its scale's converter. */
const weight: Field = {
  size: 4,
  channel: channel("probe.weight", { unit: "g" }),
  read: (view, at) => view.getInt16(at + 2) * 0x10000 + view.getUint16(at),
};

const alone = [battery, aloneProbe, adc1, status];
const beside = [battery, besideProbe, adc1, status];

interface Mode {
  readonly fields: readonly Field[];
  /** On the I²C bus: a sensor for air, or (humidity zero) one for light. */
  readonly hasAirAt7: boolean;
  readonly size: number;
}
const mode = (size: number, fields: readonly Field[], hasAirAt7 = false): Mode => ({
  size,
  fields,
  hasAirAt7,
});

/** By mode, as it stands in the frame: one less than the number of the AT command. */
const modes: Readonly<Record<number, Mode>> = {
  0: mode(11, beside, true),
  1: mode(11, [...alone, distance]),
  2: mode(
    12,
    [
      adc1,
      volts("probe.voltage2"),
      volts("probe.voltage3"),
      skip(5),
      uint8(channel("power.battery", { unit: "V", over: 10 })),
    ],
    true,
  ),
  3: mode(11, [...alone, probe2, probe3]),
  4: mode(11, [...alone, weight]),
  5: mode(11, [...alone, count]),
  6: mode(9, alone),
  7: mode(11, [...alone, volts("probe.voltage2"), volts("probe.voltage3")]),
  8: mode(17, [battery, aloneProbe, probe2, status, probe3, count, count2]),
  9: mode(11, alone),
  10: mode(9, [...beside, int16(channel("air.temperature", { unit: "Cel", over: 100, codes: absent }))]),
  11: mode(11, [battery, airTemperature, airHumidity, status, count]),
};

const data: FrameReader = (view, out) => {
  if (!hasBytes(view, 7, out)) return;
  const number = (view.getUint8(6) & 0x7c) >> 2;
  const found = modes[number];
  if (found === undefined) out.refuse("wrong-shape", `working mode ${number} in byte 6; known are 0 to 11`);
  else if (hasBytes(view, found.size, out)) {
    readFields(found.fields, view, 0, out);
    if (found.hasAirAt7) readAir(view, out);
  }
};

function readAir(view: DataView, out: FrameYield): void {
  if (view.getUint16(9) === 0) out.take(light, view.getUint16(7));
  else readFields([airTemperature, airHumidity], view, 7, out);
}

export const draginoSn50v3Lb = dragino({
  name: "dragino-sn50v3-lb",
  version: 3,
  label: "SN50v3-LB board for sensors of all kinds",
  data,
});
