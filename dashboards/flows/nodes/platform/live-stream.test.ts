import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LiveReadings, type LiveStream, openLiveStream } from "./live-stream.ts";

interface Visit {
  readonly request: IncomingMessage;
  readonly reply: ServerResponse;
}

let server: Server;
let stream: LiveStream | undefined;
let visits: Visit[];
let seen: { readings: LiveReadings[]; gaps: number; states: (string | null)[] };

beforeEach(async () => {
  visits = [];
  seen = { readings: [], gaps: 0, states: [] };
  server = createServer((request, reply) => {
    visits.push({ request, reply });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  stream?.close();
  server.closeAllConnections();
  server.close();
});

function open(): void {
  stream = openLiveStream({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`,
    headers: { authorization: "Basic abc" },
    onReadings: (readings) => seen.readings.push(readings),
    onGap: () => {
      seen.gaps++;
    },
    onState: (because) => seen.states.push(because),
  });
}

async function visit(number: number): Promise<Visit> {
  await expect.poll(() => visits.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(number);
  return visits[number - 1]!;
}

async function greeted(number: number): Promise<Visit> {
  const { request, reply } = await visit(number);
  reply.writeHead(200, { "content-type": "text/event-stream" });
  reply.write("retry: 3000\nid: a-1\n\n");
  return { request, reply };
}

const readings = (value: number) =>
  `event: readings\ndata: ${JSON.stringify({ device: "ong-1", latest: [{ quantity: "water.level", value, measuredAtMs: 1 }] })}\n\n`;

test("a first visit begins with a gap: what is there already was not told", async () => {
  open();
  const { request, reply } = await greeted(1);
  expect(request.headers).toMatchObject({ authorization: "Basic abc" });
  expect(request.headers).not.toHaveProperty("last-event-id");
  reply.write(readings(-0.2));
  await expect.poll(() => seen.readings).toMatchObject([{ latest: [{ value: -0.2 }] }]);
  expect([seen.gaps, seen.states]).toEqual([1, [null]]);
});

test("an event that comes in pieces, in the middle of a letter, is one event", async () => {
  open();
  const { reply } = await greeted(1);
  const bytes = Buffer.from(
    'event: readings\ndata: {"device":"ống","latest":[]}\n\nevent: device\ndata: {}\n\nevent: readings\ndata: {"device":"b","latest":[]}\n\n',
  );
  for (const byte of bytes) reply.write(Buffer.of(byte));
  await expect.poll(() => seen.readings.map(({ device }) => device)).toEqual(["ống", "b"]);
});

test("who comes back says what was heard last, and is in no gap", async () => {
  open();
  const first = await greeted(1);
  first.reply.write("id: a-7\n\n");
  first.reply.end();
  const second = await greeted(2);
  expect(second.request.headers["last-event-id"]).toBe("a-7");
  second.reply.write(readings(-0.3));
  await expect.poll(() => seen.readings).toHaveLength(1);
  expect([seen.gaps, seen.states]).toEqual([1, [null, "the stream has ended", null]]);
});

test("a platform that was started anew cannot say what was missed: that is a gap", async () => {
  open();
  const first = await greeted(1);
  first.reply.write('event: resync\ndata: {"type":"resync"}\n\n');
  await expect.poll(() => seen.gaps).toBe(2);
});

test("who is refused comes again, and says why", async () => {
  open();
  const { reply } = await visit(1);
  reply.writeHead(401).end();
  await greeted(2);
  await expect.poll(() => seen.states).toEqual(["HTTP 401", null]);
});
