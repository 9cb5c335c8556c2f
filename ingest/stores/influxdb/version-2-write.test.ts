import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInfluxClient } from "./influx-client.ts";
import { LineWriter, minuteLine, type Whereabouts } from "./line-protocol.ts";
import { influxSettings } from "./settings.ts";
import { minutesOf, start } from "./testing/store-on.ts";
import {
  hasVictoriaMetrics,
  startVictoriaMetrics,
  type VictoriaMetrics,
} from "./testing/victoria-metrics.ts";
import { writePoints } from "./write-points.ts";

/**
 * No InfluxDB 2 can be installed everywhere; VictoriaMetrics can. It is somebody else's reading of the same documentation: of
 * /api/v2/write, its compression, its precision, its token. It keeps numbers only, and knows no organisation and no bucket.
 */
describe.skipIf(!hasVictoriaMetrics)("a real /api/v2/write", { timeout: 60_000 }, () => {
  let server: VictoriaMetrics;
  beforeAll(async () => {
    server = await startVictoriaMetrics("right");
  }, 60_000);
  afterAll(() => server.remove());

  const clientAs = (plain: string) => {
    const known = { url: server.url, organisation: "so-nong-nghiep", database: "canhdong" };
    const settings = influxSettings.parse({ ...known, token: { plain } });
    return createInfluxClient(settings, { now: () => start });
  };
  const where: Whereabouts = { parcel: 'thửa 12, "ruộng = dưới"', model: "lse01", commune: "01234" };

  test("every value comes back at its millisecond, with its tags", async () => {
    const lines = new LineWriter();
    const readings = minutesOf(500).map((one, index) => ({
      ...one,
      measuredAtMs: one.measuredAtMs + index,
      value: (index - 250) / 8,
    }));
    const points = readings.map((one) => ({ line: lines.lineOf(one, where) }));
    expect(await writePoints(clientAs("right"), points)).toEqual([]);
    const found = await server.points();
    const values = found
      .filter(({ labels }) => labels.__name__ === "soil_moisture")
      .sort((one, other) => one.atMs - other.atMs);
    expect(values.map(({ atMs, value }) => [atMs, value])).toEqual(
      readings.map(({ measuredAtMs, value }) => [measuredAtMs, value]),
    );
    expect(values[0]!.labels).toMatchObject({ ...where, device: "node-1", quantity: "soil.moisture" });
    const received = found.filter(({ labels }) => labels.__name__ === "soil_received");
    expect(new Set(received.map(({ value }) => value))).toEqual(
      new Set(readings.map(({ receivedAtMs }) => receivedAtMs)),
    );
  });

  test("a minute is a point with one field", async () => {
    await writePoints(clientAs("right"), [{ line: minuteLine("nút 1", start) }]);
    const found = await server.points();
    expect(found).toContainEqual({
      labels: expect.objectContaining({ __name__: "minutes_present", device: "nút 1" }),
      value: 1,
      atMs: start,
    });
  });

  test("another token is refused, nothing is stored, and no message tells it", async () => {
    const before = (await server.points()).length;
    const refusal = await clientAs("wr0ng")
      .write([minuteLine("stranger", start)])
      .then(
        () => expect.unreachable("it was taken"),
        (error: Error) => error,
      );
    // This gate says 400 where InfluxDB says 401, and repeats the token.
    expect(refusal).toMatchObject({
      status: 400,
      retryable: false,
      message: expect.stringMatching(/cannot find .*auth token .*…/),
    });
    expect(refusal.message).not.toContain("wr0ng");
    expect(await server.points()).toHaveLength(before);
  });
});
