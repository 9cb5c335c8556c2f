import { describe, expect, onTestFinished, test } from "vitest";
import { hasInfluxd, startInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";

const root = { username: "root", password: "r00t" };

describe.skipIf(!hasInfluxd)("the user of a province's boards", { timeout: 120_000 }, () => {
  test("reads its own database, writes nothing, and sees no other", async () => {
    const server = await startInfluxd({ http: ["auth-enabled = true"] });
    onTestFinished(() => server.remove());
    await server.administer("CREATE USER root WITH PASSWORD 'r00t' WITH ALL PRIVILEGES");
    for (const statement of [
      "CREATE DATABASE can_tho",
      "CREATE DATABASE hue",
      "CREATE USER grafana WITH PASSWORD 's3cret'",
      "GRANT READ ON can_tho TO grafana",
    ])
      await server.administer(statement, root);
    const headers = { authorization: `Basic ${Buffer.from("grafana:s3cret").toString("base64")}` };
    const ask = async (database: string) => {
      const body = new URLSearchParams({ q: 'SHOW TAG VALUES WITH KEY = "device"' });
      const path = `/query?${new URLSearchParams({ db: database })}`;
      const answer = await fetch(server.url + path, { method: "POST", headers, body });
      return answer.status === 200 ? answer.json() : answer.status;
    };
    expect(await ask("can_tho")).toEqual({ results: [{ statement_id: 0 }] });
    expect(await ask("hue")).toBe(403);
    const written = await fetch(`${server.url}/write?db=can_tho`, {
      method: "POST",
      headers,
      body: "devices x=1",
    });
    expect(written.status).toBe(403);
  });
});
