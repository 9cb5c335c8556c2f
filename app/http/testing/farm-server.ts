import { join } from "node:path";
import { inspect } from "node:util";
import { quantities, type Reading } from "../../../devices/index.ts";
import { CountingRule } from "../../../linkage/index.ts";
import { ok } from "../../health/check.ts";
import { openOffice } from "../../linkage/open-office.ts";
import { createHttpServer, type HttpServer } from "../create-http-server.ts";
import type { Actions, HttpParts, Presence } from "../http-parts.ts";
import { type HttpSettings, httpSettings } from "../http-settings.ts";
import type { LinkageOffice } from "../linkage-office.ts";
import { createSessions } from "../session.ts";
import { type Farm, openFarm, startMs } from "./farm.ts";

/** The farm behind a real server on a free port. Connections and actions are only noted. */
export interface FarmServer extends Farm {
  readonly url: string;
  readonly http: HttpServer;
  readonly linkage: LinkageOffice;
  /** What was logged, as text. */
  readonly logged: string[];
  /** What was asked of the actions. */
  readonly asked: unknown[];
  /** Requests a path below /api/v1 as this person (null: nobody). */
  ask(person: string | null, path: string, init?: RequestInit): Promise<Response>;
  /** The same with a JSON body. */
  send(person: string | null, method: string, path: string, body?: unknown): Promise<Response>;
  cookieOf(person: string): string;
  /** Readings arrive: they are stored, judged and told. */
  measure(...measured: readonly Measured[]): Promise<void>;
  /** Readings are only told, to whoever listens. */
  tell(...measured: readonly Measured[]): void;
  connect(device: string, isConnected: boolean): void;
}

export interface Measured {
  readonly device: string;
  readonly quantity: string;
  readonly value: number;
  readonly atMs?: number;
  readonly live?: boolean;
}

export const sessionKey = new Uint8Array(32).fill(7);
export const localToken = "the-token-of-the-command-line";

export async function openFarmServer(
  given: Partial<HttpParts> & { readonly http?: Partial<HttpSettings> } = {},
): Promise<FarmServer> {
  const farm = await openFarm();
  const { registry, store, watch, personal, serviceMessages, quarantine, links, folder, time } = farm;
  const logged: string[] = [];
  const asked: unknown[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${inspect(fields)}`);
  const feed = createListeners<[readings: readonly Reading[]]>();
  const presence = createPresence(() => time.nowMs);

  const linkage = openOffice({
    registerFile: join(folder, "linkage.db"),
    snapshotsFile: join(folder, "snapshots.db"),
    outlinesFile: join(folder, "outlines.json"),
    rule: CountingRule.parse({}),
    plan: null,
    registry,
    readings: store,
    quantities: quantities.keys(),
    acknowledgedAt: (device, span) => watch.acknowledgedAt(device, span),
    now: () => time.nowMs,
  });

  const http = await createHttpServer({
    settings: httpSettings.parse({ port: 0, requestsPerMinute: 1_000_000, ...given.http }),
    registry,
    quantities,
    store,
    watch,
    personal,
    serviceMessages,
    quarantine,
    links,
    linkage,
    openData: { enabled: false, requestsPerMinute: 60 },
    presence,
    feed: { onReadings: feed.add },
    actions: actionsNotedIn(asked),
    metrics: () => [{ name: "canhdong_uplinks_total", help: "Uplinks.", type: "counter", value: 12 }],
    health: () => [
      ok("journal", { vi: "Nhật ký", en: "Journal" }, { vi: "ghi trong 2 ms", en: "writes within 2 ms" }),
    ],
    sessionKey,
    localToken,
    webRoot: null,
    exportFolder: join(folder, "exports"),
    startedAtMs: startMs,
    now: () => time.nowMs,
    log: { info: note, warn: note, error: note },
    ...given,
  });
  const { url } = await http.listen();

  const server: FarmServer = {
    ...farm,
    url,
    http,
    linkage,
    logged,
    asked,
    cookieOf(person) {
      const sessions = createSessions(sessionKey, 30 * 86_400_000);
      return `canhdong=${sessions.issue(registry.person(person)!, time.nowMs)}`;
    },
    ask(person, path, init = {}) {
      const headers = new Headers(init.headers);
      if (person !== null) headers.set("cookie", server.cookieOf(person));
      return fetch(`${url}/api/v1${path}`, { ...init, headers });
    },
    send(person, method, path, body) {
      const json = { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      return server.ask(person, path, { method, ...(body !== undefined && json) });
    },
    async measure(...measured) {
      await farm.take(readingsOf(measured, time.nowMs));
      server.tell(...measured);
    },
    tell: (...measured) => feed.call(readingsOf(measured, time.nowMs)),
    connect: presence.become,
    async close() {
      await http.close();
      await linkage.close();
      await farm.close();
    },
  };
  return server;
}

function readingsOf(measured: readonly Measured[], receivedAtMs: number): Reading[] {
  return measured.map(({ atMs = receivedAtMs, live = true, ...rest }) => {
    return { ...rest, measuredAtMs: atMs, receivedAtMs, live };
  });
}

function createListeners<Args extends unknown[]>() {
  const listeners = new Set<(...args: Args) => void>();
  return {
    add(listener: (...args: Args) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    call(...args: Args) {
      for (const listener of listeners) listener(...args);
    },
  };
}

function createPresence(
  now: () => number,
): Presence & { become(device: string, isConnected: boolean): void } {
  const connected = new Set<string>();
  const listeners = createListeners<[device: string, connected: boolean, atMs: number]>();
  return {
    connected: (device) => connected.has(device),
    onPresence: listeners.add,
    become(device, isConnected) {
      if (isConnected) connected.add(device);
      else connected.delete(device);
      listeners.call(device, isConnected, now());
    },
  };
}

function actionsNotedIn(asked: unknown[]): Actions {
  return {
    async redecode(range) {
      asked.push({ redecode: range });
      const stored = { readingsBefore: 15, added: 1, changed: 0, removed: 1, superseded: 0 };
      const quarantined = { quarantinedBefore: 1, mended: 1, stillQuarantined: 0, byReason: {} };
      return { uplinks: 3, readings: 15, ...stored, ...quarantined };
    },
    async backup() {
      asked.push("backup");
      return { folder: "/var/backups/1", bytes: 4096 };
    },
    async sendCommand(device, command) {
      asked.push({ device, command });
    },
    async setConfig(device, settings) {
      asked.push({ device, settings });
      return { revision: 1 };
    },
  };
}
