import { expect, test } from "vitest";
import { quantities } from "../../../devices/index.ts";
import {
  columnOf,
  hoursMeasurement,
  LineWriter,
  minutesMeasurement,
  receivedField,
  tagText,
  tagValue,
  whenReceived,
} from "./line-protocol.ts";
import { minutesOf, nowhere, start } from "./testing/store-on.ts";

const [reading] = minutesOf(1) as [ReturnType<typeof minutesOf>[number]];

test("every quantity of the catalogue has a measurement and a field, and none is that of minutes or hours", () => {
  for (const quantity of quantities.keys()) {
    const { measurement, field } = columnOf(quantity);
    expect(`${measurement}.${field}`).toBe(quantity);
    expect([minutesMeasurement, hoursMeasurement]).not.toContain(measurement);
    expect(field).not.toBe("received");
  }
  expect(() => columnOf("moisture")).toThrow(/GROUP\.NAME, not moisture/);
});

test("what is not known is no tag, and what is told anew is told in the next line", () => {
  const lines = new LineWriter();
  expect(lines.lineOf({ ...reading, live: false }, nowhere)).toBe(
    `soil,device=node-1,quantity=soil.moisture moisture=0,received=${start + 2000}.5 ${start}`,
  );
  expect(lines.lineOf(reading, { ...nowhere, parcel: "a=b, c" })).toContain(",parcel=a\\=b\\,\\ c,");
  expect(lines.lineOf(reading, { ...nowhere, parcel: "d" })).toContain(",parcel=d,");
});

test("one field says when a reading came and whether it was live then", () => {
  for (const live of [true, false])
    for (const receivedAtMs of [0, start, 253_402_300_799_999])
      expect(whenReceived(receivedField(receivedAtMs, live))).toEqual({ receivedAtMs, live });
});

test("a tag's value comes back as it was, whatever it is made of", () => {
  for (const value of ["100%", "%25", "a\\", "\\\\", "a\nb\t", "nút ấp", "%zz"]) {
    expect(tagText(value)).not.toMatch(/[\\\n\t]/);
    expect(tagValue(tagText(value))).toBe(value);
  }
});

test("what is no finite number is our mistake, and is not written", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => new LineWriter().lineOf({ ...reading, value }, nowhere)).toThrow(/finite/);
});
