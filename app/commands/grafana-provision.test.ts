import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { uids } from "../../dashboards/grafana/index.ts";
import {
  type GrafanaStandIn,
  openGrafanaStandIn,
} from "../../dashboards/grafana/organisation/testing/grafana-stand-in.ts";
import { hasInfluxd, startInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";
import { createTestInstallation } from "../testing/server-process.ts";

const province = "Thành phố Cần Thơ";
const root = { username: "root", password: "r00t" };
const officer = { username: "officer", password: "0fficer" };

/** A real InfluxDB that asks for passwords, and what stands in for Grafana. */
async function stack(login: typeof root = root) {
  const influx = await startInfluxd({ http: ["auth-enabled = true"] });
  onTestFinished(() => influx.remove());
  await influx.administer("CREATE USER root WITH PASSWORD 'r00t' WITH ALL PRIVILEGES");
  for (const statement of [
    "CREATE USER officer WITH PASSWORD '0fficer'",
    "CREATE DATABASE hue",
    "CREATE DATABASE can_tho",
    "GRANT ALL ON can_tho TO officer",
  ])
    await influx.administer(statement, root);
  const grafana = await openGrafanaStandIn("gr4fana");
  onTestFinished(() => grafana.close());
  const { username, password } = login;
  const installation = createTestInstallation({
    readings: {
      store: "influxdb",
      influxdb: { url: influx.url, api: "v1", database: "can_tho", username, password: { plain: password } },
    },
  });
  onTestFinished(() => installation.remove());
  const file = join(installation.folder, "grafana-password");
  const provision = (grafanaPassword = "gr4fana", ...more: string[]) => {
    writeFileSync(file, grafanaPassword);
    const named = ["--organisation", province, "--grafana-url", grafana.url, "--grafana-password-file", file];
    return installation.run("grafana", "provision", ...named, ...more);
  };
  return { influx, grafana, provision };
}

const dataSourceIn = (grafana: GrafanaStandIn, at = 1) =>
  grafana.organisations[at]!.dataSource as {
    url: string;
    user: string;
    jsonData: { dbName: string };
    secureJsonData: { password: string };
  };

/** As Grafana asks, with what its data source knows. */
async function asksWith({ url, user, secureJsonData }: ReturnType<typeof dataSourceIn>, database: string) {
  const headers = {
    authorization: `Basic ${Buffer.from(`${user}:${secureJsonData.password}`).toString("base64")}`,
  };
  const of = new URLSearchParams({ db: database });
  const asked = await fetch(`${url}/query?${of}`, {
    method: "POST",
    headers,
    body: new URLSearchParams({ q: "SHOW MEASUREMENTS" }),
  });
  const written = await fetch(`${url}/write?${of}`, { method: "POST", headers, body: "devices x=1" });
  return [asked.status, written.status];
}

describe.skipIf(!hasInfluxd)("canhdong grafana provision", { timeout: 180_000 }, () => {
  test("makes an organisation whose data source reads its own database, writes nothing and sees no other; again it is the same", async () => {
    const { grafana, provision } = await stack();
    expect(await provision()).toMatchObject({
      code: 0,
      out: `${province} (organisation 2) is made: its boards read can_tho as grafana.\n`,
    });
    const first = dataSourceIn(grafana);
    expect(first.jsonData.dbName).toBe("can_tho");
    expect(await asksWith(first, "can_tho")).toEqual([200, 403]);
    expect(await asksWith(first, "hue")).toEqual([403, 403]);
    const { boards, preferences } = grafana.organisations[1]!;
    expect([...boards.keys()].toSorted()).toEqual(Object.values(uids).toSorted());
    expect(preferences.homeDashboardUID).toBe(uids.province);

    expect((await provision()).out).toContain("(organisation 2) is up to date");
    expect(grafana.organisations).toHaveLength(2);
    expect(await asksWith(dataSourceIn(grafana), "can_tho")).toEqual([200, 403]);
    expect(await asksWith(first, "can_tho")).toEqual([401, 401]);
    expect(grafana.organisations[0]).toMatchObject({ dataSource: null, folders: [] });
  });

  test("who may not make users is told what would be right, without a password", async () => {
    const { grafana, provision } = await stack(officer);
    const { code, err } = await provision();
    expect(code).not.toBe(0);
    expect(err).toMatch(/requires? admin privilege.*only an administrator of InfluxDB may/);
    expect(grafana.organisations).toHaveLength(1);
  });

  test("a wrong password of Grafana is told before anything is changed", async () => {
    const { influx, provision } = await stack();
    const { code, err } = await provision("wrong");
    expect([code, err]).toEqual([1, expect.stringMatching(/401: Invalid.*not that of Grafana's admin/)]);
    expect(JSON.stringify(await influx.administer("SHOW USERS", root))).not.toContain("grafana");
  });

  test("a reader who is more than a reader is not made one", async () => {
    const { influx, provision } = await stack();
    expect((await provision("gr4fana", "--reader", "root")).err).toMatch(/root is an administrator/);
    await influx.administer("GRANT READ ON hue TO officer", root);
    expect((await provision("gr4fana", "--reader", "officer")).err).toMatch(/may use hue as well.*REVOKE/);
    await influx.administer("REVOKE ALL ON hue FROM officer", root);
    await influx.administer("SHOW DATABASES", officer);
  });
});
