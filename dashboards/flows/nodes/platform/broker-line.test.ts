import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BrokerLine, openBrokerLine } from "./broker-line.ts";
import type { Trouble } from "./troubles.ts";

/** Hangs up on everybody. What the line says to a real broker is tested with the flows. */
let server: Server;
let line: BrokerLine;
let visits = 0;
const states: (Trouble | null)[] = [];

beforeEach(async () => {
  server = createServer((socket) => {
    visits++;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  await line.close();
  server.close();
});

test("a broker that is away is told once, however often it is tried", async () => {
  const { port } = server.address() as AddressInfo;
  const onState = (trouble: Trouble | null) => void states.push(trouble);
  line = openBrokerLine({ url: `mqtt://127.0.0.1:${port}`, service: "flows", secret: "secret", onState });
  await expect.poll(() => visits, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
  expect(states.map((trouble) => trouble?.kind)).toEqual(["broker-away"]);
});
