import type { BoardFile } from "../build-boards.ts";
import { dataSourceUid } from "../classic/data-source.ts";
import { type GrafanaApi, GrafanaError } from "./grafana-api.ts";

/** How Grafana reads a province's database, and as whom. */
export interface Reading {
  readonly url: string;
  readonly database: string;
  readonly account:
    | { readonly kind: "user"; readonly username: string; readonly password: string }
    | { readonly kind: "token"; readonly token: string };
}

const folder = { uid: "canhdong", title: "Canhdong" } as const;

/**
 * Makes a province's organisation in Grafana, with a data source of its own, the boards and a home board; what is there is brought up
 * to date.
 *
 * @returns the organisation's number, and whether it was made now
 * @throws GrafanaError
 */
export async function provisionOrganisation(
  api: GrafanaApi,
  name: string,
  {
    reading,
    boards,
    homeUid,
  }: { readonly reading: Reading; readonly boards: readonly BoardFile[]; readonly homeUid: string },
): Promise<{ readonly organisation: number; readonly isNew: boolean }> {
  const found = await organisationCalled(api, name);
  const { organisation } = found;
  await putDataSource(api, organisation, reading);
  await api.ask("POST", "/api/folders", { organisation, body: folder }).then(unlessOther(409, 412));
  for (const { board } of boards) {
    const body = { dashboard: { ...board, id: null }, folderUid: folder.uid, overwrite: true };
    await api.ask("POST", "/api/dashboards/db", { organisation, body }).then(unlessOther());
  }
  const preferences = { homeDashboardUID: homeUid, timezone: "Asia/Ho_Chi_Minh" };
  await api.ask("PATCH", "/api/org/preferences", { organisation, body: preferences }).then(unlessOther());
  return found;
}

async function organisationCalled(api: GrafanaApi, name: string) {
  const there = await api.ask("GET", `/api/orgs/name/${encodeURIComponent(name)}`);
  if (there.status !== 404) return { organisation: there.body.id as number, isNew: false };
  const made = await api.ask("POST", "/api/orgs", { body: { name } });
  if (made.status === 409)
    throw new GrafanaError(`Grafana has an organisation ${name} that it does not show`);
  return { organisation: made.body.orgId as number, isNew: true };
}

/** As in provisioning/datasources: the boards know it by its uid. */
async function putDataSource(api: GrafanaApi, organisation: number, { url, database, account }: Reading) {
  const isUser = account.kind === "user";
  const body = {
    name: "Canhdong",
    uid: dataSourceUid,
    type: "influxdb",
    access: "proxy",
    url,
    isDefault: true,
    ...(isUser && { user: account.username }),
    jsonData: {
      version: "InfluxQL",
      dbName: database,
      httpMode: "POST",
      timeInterval: "1m",
      ...(!isUser && { httpHeaderName1: "Authorization" }),
    },
    secureJsonData: isUser ? { password: account.password } : { httpHeaderValue1: `Token ${account.token}` },
  };
  const own = `/api/datasources/uid/${dataSourceUid}`;
  const { status } = await api.ask("GET", own, { organisation });
  const [method, path] = status === 404 ? ["POST", "/api/datasources"] : ["PUT", own];
  await api.ask(method!, path!, { organisation, body }).then(unlessOther());
}

/** Of an answer that is a refusal elsewhere. */
function unlessOther(...well: readonly number[]) {
  return ({ status, body }: { status: number; body: Readonly<Record<string, unknown>> }) => {
    if (status >= 400 && !well.includes(status))
      throw new GrafanaError(`Grafana refuses (${status}: ${String(body.message ?? "without a word")})`);
  };
}
