/** Grafana did not do what was asked. The message says what would be right, and holds no password. */
export class GrafanaError extends Error {
  override readonly name = "GrafanaError";
}

export interface GrafanaLogin {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface GrafanaAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Requests to Grafana's HTTP API as its administrator, by name and password: organisations are made in no other way. */
export interface GrafanaApi {
  /**
   * @param organisation in whose name; that of the administrator when left out
   * @throws GrafanaError unless the answer is one of success, or 404 or 409, which the caller judges
   */
  ask(
    method: string,
    path: string,
    asked?: { readonly body?: unknown; readonly organisation?: number },
  ): Promise<GrafanaAnswer>;
}

const patienceMs = 30_000;

export function createGrafanaApi({ url, username, password }: GrafanaLogin): GrafanaApi {
  const { host } = new URL(url);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return {
    async ask(method, path, { body, organisation } = {}) {
      const headers = {
        authorization,
        "content-type": "application/json",
        ...(organisation !== undefined && { "x-grafana-org-id": String(organisation) }),
      };
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await reach(url.replace(/\/+$/, "") + path, init, host);
      const told = (await answer.json().catch(() => ({}))) as GrafanaAnswer["body"];
      if (answer.ok || answer.status === 404 || answer.status === 409)
        return { status: answer.status, body: told };
      throw refused(answer.status, String(told.message ?? answer.statusText), `${method} ${path}`);
    },
  };
}

async function reach(address: string, init: RequestInit, host: string): Promise<Response> {
  try {
    // The password is for this host.
    return await fetch(address, { ...init, redirect: "manual", signal: AbortSignal.timeout(patienceMs) });
  } catch (cause) {
    const { code } = ((cause as Error).cause ?? {}) as { code?: string };
    throw new GrafanaError(`Grafana at ${host} cannot be reached${code ? ` (${code})` : ""}`, { cause });
  }
}

function refused(status: number, words: string, request: string): GrafanaError {
  const advice: Record<number, string> = {
    401: ": the user name or the password is not that of Grafana's administrator",
    403: ": the user must be a Grafana server administrator, and what came from provisioning files is changed there",
  };
  return new GrafanaError(`Grafana refuses ${request} (${status}: ${words})${advice[status] ?? ""}`);
}
