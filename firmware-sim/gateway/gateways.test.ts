import { describe, expect, test } from "vitest";
import { keyAt } from "../chance.ts";
import { airtimeMs, spreadingFactors } from "./airtime.ts";
import { createGateways } from "./gateways.ts";
import { kilometresBetween, settledRate } from "./radio.ts";

const day = 86_400_000;
const hue = { latitude: 16.58, longitude: 107.5 };
const gateway = { name: "UBND xã", eui: "0200000000000001", commune: "Quảng Điền", ...hue };
const kmNorth = (km: number) => ({ latitude: hue.latitude + km / 111.2, longitude: hue.longitude });

describe("time in the air", () => {
  // Semtech's LoRa calculator: 125 kHz, 4/5, 8 symbols of preamble, header and CRC; 11 bytes and 13 around them.
  test.each([
    [7, 61.696],
    [10, 370.688],
    [12, 1482.752],
  ] as const)("24 bytes at SF%i take %f ms", (spreadingFactor, expected) => {
    expect(airtimeMs(11, spreadingFactor)).toBeCloseTo(expected, 3);
  });

  test("each step of the spreading factor takes nearly twice as long", () => {
    const times = spreadingFactors.map((sf) => airtimeMs(11, sf));
    for (const [i, time] of times.slice(1).entries()) {
      expect(time / times[i]!).toBeGreaterThan(1.6);
      expect(time / times[i]!).toBeLessThan(2.3);
    }
  });
});

/** Share of a thousand frames that are heard at a distance, over many nodes. */
function heardAt(km: number): number {
  const gateways = createGateways([gateway], [], 1);
  let heard = 0;
  for (let node = 0; node < 100; node++) {
    const { receive } = gateways.around(`node-${node}`, kmNorth(km));
    for (let frame = 0; frame < 10; frame++) heard += receive(0, keyAt(node, frame)).length;
  }
  return heard / 1000;
}

test("a gateway hears nearly everybody within a kilometre, and hardly anybody at thirty", () => {
  expect(heardAt(1)).toBeGreaterThan(0.97);
  expect(heardAt(30)).toBeLessThan(0.2);
  expect(heardAt(8)).toBeGreaterThan(heardAt(16));
});

test("two gateways may hear the same frame, the nearer one louder on the whole", () => {
  const far = { ...gateway, name: "Trạm bơm", eui: "0200000000000002", ...kmNorth(3) };
  const gateways = createGateways([gateway, far], [], 1);
  const all = Array.from({ length: 50 }, (_, i) => gateways.around(`n-${i}`, kmNorth(0.2)).receive(0, i));
  const both = all.filter((receptions) => receptions.length === 2);
  expect(both.length).toBeGreaterThan(20);
  const louder = both.filter((receptions) => {
    const rssi = new Map(receptions.map((each) => [each.gateway, each.rssi]));
    return rssi.get(gateway.eui)! > rssi.get(far.eui)!;
  });
  expect(louder.length).toBeGreaterThan(both.length / 2);
  for (const receptions of both) expect(receptions[0]!.atMs).toBeLessThanOrEqual(receptions[1]!.atMs);
});

test("a gateway hears nothing while lightning or its commune's power keeps it down", () => {
  const gateways = createGateways(
    [gateway],
    [
      { kind: "lightning", gateway: "UBND xã", fromMs: day, toMs: 2 * day },
      { kind: "power-cut", commune: "Quảng Điền", fromMs: 3 * day, toMs: 4 * day },
      { kind: "power-cut", place: "Ao số 1", fromMs: 5 * day, toMs: 6 * day },
    ],
    1,
  );
  const { receive, best } = gateways.around("n", kmNorth(0.1));
  const heardOn = [0, 1, 2, 3, 4, 5].map((d) => receive(d * day + 1, 1).length);
  expect(heardOn).toEqual([1, 0, 1, 0, 1, 1]);
  expect(best?.name).toBe("UBND xã");
});

test("a node without any gateway around is heard by nobody", () => {
  const { best, receive } = createGateways([], [], 1).around("n", hue);
  expect([best, receive(0, 1)]).toEqual([null, []]);
});

test("rates settle with a margin, and distances are those of the earth", () => {
  expect([-80, -114, -120, -140].map((dbm) => settledRate(dbm))).toEqual([7, 8, 10, 12]);
  expect(
    kilometresBetween({ latitude: 21.03, longitude: 105.85 }, { latitude: 10.78, longitude: 106.7 }),
  ).toBeCloseTo(1143, -1);
});
