import { createReadStream, existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { z } from "zod";
import type { ArmingInput, RulesTest } from "../../../app/http/rules-shapes.ts";
import type { LiveEvent, Me } from "../../../app/http/shapes.ts";
import type { Consent } from "../src/data/people.ts";
import { farmData, health, historyOf, people, quantities, quarantine, seriesOf } from "./farm-data.ts";
import { villagers } from "./people-data.ts";
import { packs, rulesAfter, rulesHere, trialOf } from "./rules-data.ts";

/**
 * A server that answers as the API's shapes say, from a farm made up in memory, so that the page can be tried alone. It is
 * a real HTTP server with real server-sent events; what it lacks is everything behind them.
 */
export interface FakeFarm {
  /** Its address under this name of the machine. */
  url(host: string): string;
  /** Every request so far, as `GET /api/v1/overview`. */
  readonly requests: readonly string[];
  /** What was sent with them, where something was. */
  readonly bodies: readonly { readonly call: string; readonly body: unknown }[];
  /** How many pages listen. */
  listeners(): number;
  tell(event: LiveEvent): void;
  /** The next acknowledgement is refused with this status. */
  refuseNextAcknowledgement(status: number): void;
  /** Lets nobody in and drops who is there, until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** Made up; of a channel that no browser can be reached by. */
const pushKey = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";

// As the real server sends it.
const policy =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** @param empty a farm without any device */
export async function openFakeFarm(webRoot: string, { empty = false } = {}): Promise<FakeFarm> {
  const data = farmData(Date.now());
  if (empty) Object.assign(data.overview, { places: [], unplaced: [] });
  if (empty) data.open.length = 0;
  const sown = { crop: "rice", variety: "ST25", stage: "early", soilTexture: "clay" };
  const cultivations: object[] = [
    { ...sown, fromMs: Date.UTC(2026, 5, 1, -7), toMs: null, rootDepthM: null, altitudeM: null },
  ];
  const village = villagers(Date.now());
  const passwords = new Map(Object.entries(people).map(([name, { password }]) => [name, password]));
  const persons = new Map(Object.entries(people).map(([name, { me }]) => [name, me]));
  const streams = new Set<ServerResponse>();
  const requests: string[] = [];
  const bodies: { call: string; body: unknown }[] = [];
  let refusal: number | null = null;

  const routes: readonly [RegExp, (call: Call) => void | Promise<void>][] = [
    [/^POST session$/, signIn],
    [/^POST session\/password$/, changePassword],
    [/^DELETE session$/, ({ reply }) => void reply.writeHead(204, { "set-cookie": "who=; Max-Age=0" }).end()],
    [/^GET session$/, (call) => json(call, 200, call.me)],
    [/^GET quantities$/, (call) => json(call, 200, { quantities })],
    [/^GET overview$/, (call) => json(call, 200, { ...data.overview, nowMs: Date.now() })],
    [/^GET devices\/([^/]+)\/series$/, series],
    [
      /^GET alerts$/,
      (call) => json(call, 200, { alerts: call.query.get("state") === "open" ? data.open : data.resolved }),
    ],
    [/^GET alerts\/([^/]+)\/history$/, (call) => json(call, 200, { steps: historyOf(Date.now()) })],
    [/^POST alerts\/([^/]+)\/acknowledge$/, acknowledge],
    [/^POST alerts\/([^/]+)\/snooze$/, snooze],
    [/^GET session\/push$/, (call) => json(call, 200, { key: pushKey, endpoint: null })],
    [/^GET places\/([^/]+)\/cultivation$/, (call) => json(call, 200, { cultivations })],
    [/^POST places\/([^/]+)\/cultivation$/, tellCultivation],
    [/^GET people$/, (call) => json(call, 200, { people: village.people })],
    [/^POST people$/, addPerson],
    [/^PATCH people\/([^/]+)$/, changePerson],
    [/^DELETE people\/([^/]+)$/, erasePerson],
    [
      /^GET people\/([^/]+)\/file$/,
      (call) => json(call, 200, { person: village.people.find(({ id }) => id === call.id) }),
    ],
    [
      /^GET people\/([^/]+)\/consents$/,
      (call) => json(call, 200, { consents: village.ledger.get(call.id) ?? [] }),
    ],
    [/^POST people\/([^/]+)\/consents$/, writeConsent],
    [/^GET rules$/, (call) => json(call, 200, { rules: rulesHere })],
    [/^GET rules\/packs$/, (call) => json(call, 200, { packs })],
    [/^POST rules\/test$/, tryRules],
    [/^POST rules\/([^/]+)\/arming$/, armRule],
    [/^GET quarantine$/, (call) => json(call, 200, quarantine(Date.now()))],
    [/^GET health$/, (call) => json(call, 200, health(Date.now()))],
    [
      /^GET export$/,
      ({ reply }) => void reply.writeHead(200, { "content-type": "text/csv" }).end("device,quantity\n"),
    ],
    [/^GET live$/, live],
  ];

  async function signIn(call: Call) {
    const { name, password } = JSON.parse(await bodyOf(call.request));
    if (passwords.get(name) !== password) return json(call, 401, problem("wrong-password"));
    call.reply.setHeader("set-cookie", `who=${name}; HttpOnly; SameSite=Strict; Path=/`);
    json(call, 200, persons.get(name));
  }

  async function changePassword(call: Call) {
    const { current, next } = JSON.parse(await bodyOf(call.request));
    if (passwords.get(call.me.id) !== current) return json(call, 401, problem("wrong-password"));
    passwords.set(call.me.id, next);
    persons.set(call.me.id, { ...call.me, mustChangePassword: false });
    json(call, 200, persons.get(call.me.id));
  }

  function series(call: Call) {
    const number = (name: string) => Number(call.query.get(name));
    const answer = seriesOf(
      call.id,
      call.query.get("quantity") ?? "",
      number("fromMs"),
      number("toMs"),
      number("buckets"),
    );
    json(call, 200, answer);
  }

  /** Whoever arms an unconfirmed limit has to say why, as the server demands. */
  async function armRule(call: Call) {
    const body = (await sentWith(call)) as z.infer<typeof ArmingInput>;
    const isUnconfirmed = rulesHere.some(({ name, armed }) => name === call.id && !armed);
    if (isUnconfirmed && body.reason === undefined) return json(call, 400, problem("unconfirmed-limit"));
    json(call, 200, { rules: rulesAfter(call.id, body) });
  }

  function acknowledge(call: Call) {
    const status = refusal;
    refusal = null;
    if (status !== null) return json(call, status, problem("refused"));
    const at = data.open.findIndex(({ id }) => id === call.id);
    const alert = data.open[at];
    if (alert === undefined) return json(call, 404, problem("not-found"));
    data.open[at] = {
      ...alert,
      state: "acknowledged",
      acknowledgedBy: call.me.name,
      acknowledgedAtMs: Date.now(),
    };
    json(call, 200, data.open[at]);
  }

  async function snooze(call: Call) {
    const at = data.open.findIndex(({ id }) => id === call.id);
    const alert = data.open[at];
    if (alert === undefined) return json(call, 404, problem("not-found"));
    const { minutes } = JSON.parse(await bodyOf(call.request)) as { minutes: number };
    data.open[at] = { ...alert, state: "snoozed", snoozedUntilMs: Date.now() + minutes * 60_000 };
    json(call, 200, data.open[at]);
  }

  /** Also kept, for tests to look at. */
  async function sentWith({ request }: Call): Promise<unknown> {
    const body: unknown = JSON.parse(await bodyOf(request));
    bodies.push({ call: `${request.method} ${request.url}`, body });
    return body;
  }

  async function tellCultivation(call: Call) {
    const { fromDate, ...told } = (await sentWith(call)) as { fromDate: string };
    const fromMs = Date.parse(`${fromDate}T00:00:00+07:00`);
    cultivations.push({ ...cultivations.at(-1)!, ...told, fromMs });
    json(call, 201, { cultivations });
  }

  async function addPerson(call: Call) {
    const given = (await sentWith(call)) as { id: string };
    village.people.push({ ...village.people[1]!, ...given });
    json(call, 201, { person: given.id, password: "mot-lan-1234" });
  }

  async function changePerson(call: Call) {
    const change = (await sentWith(call)) as object;
    const at = village.people.findIndex(({ id }) => id === call.id);
    village.people[at] = { ...village.people[at]!, ...change };
    json(call, 200, village.people[at]);
  }

  function erasePerson(call: Call) {
    village.people.splice(
      village.people.findIndex(({ id }) => id === call.id),
      1,
    );
    call.reply.writeHead(204).end();
  }

  async function writeConsent(call: Call) {
    const said = (await sentWith(call)) as Omit<Consent, "atMs" | "who">;
    const consent = { ...said, atMs: Date.now(), who: call.me.id };
    village.ledger.get(call.id)?.push(consent);
    const person = village.people.find(({ id }) => id === call.id)!;
    const others = person.consents.filter(
      ({ purpose, medium }) => purpose !== said.purpose || medium !== said.medium,
    );
    const now = said.given ? [{ purpose: said.purpose, medium: said.medium }] : [];
    Object.assign(person, { consents: [...others, ...now] });
    json(call, 201, consent);
  }

  async function tryRules(call: Call) {
    json(call, 200, trialOf((await sentWith(call)) as RulesTest));
  }

  function live({ reply }: Call) {
    reply.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    reply.write(": hello\n\n");
    streams.add(reply);
    reply.on("close", () => streams.delete(reply));
  }

  function answer(request: IncomingMessage, reply: ServerResponse) {
    const url = new URL(request.url ?? "/", "http://farm");
    requests.push(`${request.method} ${url.pathname}`);
    reply.setHeader("content-security-policy", policy);
    if (!url.pathname.startsWith("/api/v1/")) return sendFile(reply, webRoot, url.pathname);
    const call = `${request.method} ${url.pathname.slice("/api/v1/".length)}`;
    const me = persons.get(/who=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "");
    for (const [pattern, handle] of routes) {
      const match = pattern.exec(call);
      if (match === null) continue;
      const known = { request, reply, query: url.searchParams, id: decodeURIComponent(match[1] ?? "") };
      if (me === undefined && call !== "POST session") return json({ reply }, 401, problem("signed-out"));
      return void handle({ ...known, me: me as Me });
    }
    json({ reply }, 404, problem("not-found"));
  }

  const server = createServer(answer);
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const goAway = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: (host) => `http://${host}:${port}/`,
    requests,
    bodies,
    listeners: () => streams.size,
    tell(event) {
      for (const stream of streams) stream.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    },
    refuseNextAcknowledgement(status) {
      refusal = status;
    },
    goAway,
    comeBack: () => listen(port),
    close: async () => {
      if (server.listening) await goAway();
    },
  };
}

interface Call {
  readonly request: IncomingMessage;
  readonly reply: ServerResponse;
  readonly query: URLSearchParams;
  /** The id in the path. */
  readonly id: string;
  readonly me: Me;
}

function json({ reply }: Pick<Call, "reply">, status: number, body: unknown): void {
  reply.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  reply.end(JSON.stringify(body));
}

const problem = (error: string) => ({ error, message: `refused: ${error}` });

function sendFile(reply: ServerResponse, webRoot: string, path: string): void {
  const file = join(webRoot, normalize(path === "/" ? "/index.html" : path));
  if (!existsSync(file)) return void reply.writeHead(404).end();
  reply.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(reply);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
