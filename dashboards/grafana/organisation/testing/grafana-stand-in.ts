import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;

interface Organisation {
  readonly id: number;
  readonly name: string;
  dataSource: Json | null;
  readonly folders: Json[];
  readonly boards: Map<string, Json>;
  preferences: Json;
}

/** Stands in for Grafana's HTTP API, in the shapes of its documentation: no Grafana can be had here. */
export interface GrafanaStandIn {
  readonly url: string;
  readonly organisations: readonly Organisation[];
  close(): void;
}

export async function openGrafanaStandIn(password: string): Promise<GrafanaStandIn> {
  const organisations = [newOrganisation(1, "Main Org.")];
  const server = createServer(async (incoming, response) => {
    const [status, body] = isAdministrator(incoming, password)
      ? answerTo(incoming, await bodyOf(incoming), organisations)
      : [401, { message: "Invalid username or password" }];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    organisations,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function newOrganisation(id: number, name: string): Organisation {
  return { id, name, dataSource: null, folders: [], boards: new Map(), preferences: {} };
}

function isAdministrator({ headers }: IncomingMessage, password: string): boolean {
  return headers.authorization === `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
}

async function bodyOf(incoming: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}") as Json;
}

function answerTo(incoming: IncomingMessage, body: Json, all: Organisation[]): [number, Json] {
  const named = Number(incoming.headers["x-grafana-org-id"] ?? 1);
  const of = all.find(({ id }) => id === named);
  if (of === undefined) return [401, { message: "Unauthorized" }];
  const request = `${incoming.method} ${decodeURIComponent(incoming.url!)}`;
  if (request.startsWith("GET /api/orgs/name/")) {
    const found = all.find(({ name }) => request.endsWith(`/${name}`));
    return found ? [200, { id: found.id, name: found.name }] : [404, { message: "Organization not found" }];
  }
  switch (request) {
    case "GET /api/org":
      return [200, { id: of.id, name: of.name }];
    case "POST /api/orgs":
      all.push(newOrganisation(all.length + 1, body.name as string));
      return [200, { orgId: all.length, message: "Organization created" }];
    case "GET /api/datasources/uid/canhdong-influxdb":
      return of.dataSource === null ? [404, { message: "Data source not found" }] : [200, of.dataSource];
    case "POST /api/datasources":
    case "PUT /api/datasources/uid/canhdong-influxdb":
      if ((of.dataSource === null) !== request.startsWith("POST"))
        return [409, { message: "already exists" }];
      of.dataSource = body;
      return [200, { datasource: body }];
    case "POST /api/folders":
      if (of.folders.some(({ uid }) => uid === body.uid)) return [409, { message: "already exists" }];
      of.folders.push(body);
      return [200, body];
    case "POST /api/dashboards/db": {
      const board = body.dashboard as Json;
      if (!of.folders.some(({ uid }) => uid === body.folderUid))
        return [404, { message: "folder not found" }];
      of.boards.set(board.uid as string, board);
      return [200, { uid: board.uid, status: "success" }];
    }
    case "PATCH /api/org/preferences":
      of.preferences = { ...of.preferences, ...body };
      return [200, { message: "Preferences updated" }];
    default:
      return [404, { message: `not found: ${request}` }];
  }
}
