import { describe, expect, onTestFinished, test } from "vitest";
import { InfluxError } from "./influx-error.ts";
import { checkInflux, initInflux } from "./server-setup.ts";
import { influxSettings } from "./settings.ts";
import { hasInfluxd, startInfluxd } from "./testing/influxd.ts";
import { minutesOf, start, storeOn } from "./testing/store-on.ts";

const now = () => Date.now();
const messageOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable("it was well"),
    (error: InfluxError) => {
      expect(error).toBeInstanceOf(InfluxError);
      return error.message;
    },
  );

async function running(options: Parameters<typeof startInfluxd>[0] = {}) {
  const server = await startInfluxd(options);
  onTestFinished(() => server.remove());
  return server;
}

describe.skipIf(!hasInfluxd)("setting up a real InfluxDB", { timeout: 60_000 }, () => {
  test("the database is made, its retention is set and changed, and it is checked", async () => {
    const server = await running();
    const settings = influxSettings.parse({ url: `${server.url}/`, api: "v1", database: "farm" });
    expect(await messageOf(checkInflux(settings, now))).toMatch(/404.*make farm: canhdong influx init/);
    expect(await initInflux(settings, null, now)).toBe("made");
    const retention = async () =>
      JSON.stringify(await server.administer('SHOW RETENTION POLICIES ON "farm"'));
    expect(await retention()).toContain('["autogen","0s","168h0m0s",1,true]');
    expect(await initInflux(settings, 3, now)).toBe("changed");
    expect(await retention()).toContain('["autogen","72h0m0s","72h0m0s",1,true]');
    expect(await initInflux(settings, null, now)).toBe("changed");
    expect(await checkInflux(settings, now)).toEqual({ version: "1.6.7~rc0", readings: 0 });
    expect(await checkInflux(settings, now)).toEqual({ version: "1.6.7~rc0", readings: 0 });
  });

  test("who may not come in, or may not write, is told what would be right, and no secret is told", async () => {
    const server = await running({ http: ["auth-enabled = true"] });
    const root = { username: "root", password: "r00t" };
    await server.administer("CREATE USER root WITH PASSWORD 'r00t' WITH ALL PRIVILEGES");
    await server.administer("CREATE DATABASE farm", root);
    await server.administer("CREATE USER reader WITH PASSWORD 's3cret'", root);
    await server.administer("GRANT READ ON farm TO reader", root);
    const as = (username: string, plain: string) =>
      influxSettings.parse({ url: server.url, api: "v1", database: "farm", username, password: { plain } });
    const wrong = await messageOf(checkInflux(as("reader", "wr0ng"), now));
    expect(wrong).toMatch(/401.*put the user name and password right/);
    expect(wrong).not.toContain("wr0ng");
    expect(await messageOf(checkInflux(as("reader", "s3cret"), now))).toMatch(
      /403.*let the user name and password read and write farm/,
    );
    expect(await messageOf(initInflux(as("reader", "s3cret"), null, now))).toMatch(
      /403.*only an administrator of InfluxDB may/,
    );
    expect((await checkInflux(as("root", "r00t"), now)).readings).toBe(0);
  });

  test("an index that loses series when others are deleted is found out, and nothing is deleted from it", async () => {
    const server = await running({ index: "inmem" });
    const { store, database } = await storeOn(server, { now });
    const settings = influxSettings.parse({ url: server.url, api: "v1", database });
    expect(await messageOf(checkInflux(settings, now))).toMatch(/deletes more .* index-version = "tsi1"/);
    await store.write(minutesOf(3), 1);
    expect(await messageOf(store.remove(minutesOf(1)))).toMatch(/nothing is deleted/);
    const span = { fromMs: start, toMs: start + 3_600_000 };
    expect(await store.readings({ ...span, devices: ["node-1"], limit: 9 })).toHaveLength(3);
  });
});
