import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Api, createApi, exportUrl } from "./api.ts";
import type { ApiFailure } from "./failure.ts";

/** A server on this machine that answers each request by `answer`, and an api that asks it. */
async function ask(answer: (request: IncomingMessage, reply: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections());
  let signedOut = 0;
  const api = createApi(
    (path, init) => fetch(origin + path, init),
    () => {
      signedOut += 1;
    },
  );
  return { api, origin, signedOut: () => signedOut };
}

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

const json = (reply: ServerResponse, status: number, body: unknown) =>
  reply.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error("was not refused");
    },
    ({ kind, message, code }: ApiFailure) => ({ kind, message, code }),
  );

test.each([
  [400, "refused"],
  [401, "signed-out"],
  [403, "forbidden"],
  [404, "not-found"],
  [429, "too-often"],
  [500, "failing"],
  [503, "failing"],
])("status %i is %s, with the server's own words and code", async (status, kind) => {
  const { api } = await ask((_, reply) =>
    json(reply, status, { error: "x", message: "because of the rain" }),
  );
  expect(await failureOf(api.overview())).toEqual({ kind, message: "because of the rain", code: "x" });
});

test("a server that is away is offline", async () => {
  const { api } = await ask(() => {});
  await stop();
  expect(await failureOf(api.overview())).toEqual({ kind: "offline", message: "", code: "" });
});

test("somebody else's page in place of an answer is a failure, not an empty farm", async () => {
  const { api } = await ask(
    (_, reply) => void reply.writeHead(200).end("<html>please pay for the network</html>"),
  );
  expect((await failureOf(api.overview())).kind).toBe("failing");
});

test("a session that ended is told; a wrong password is not", async () => {
  const { api, signedOut } = await ask((_, reply) => json(reply, 401, { error: "x", message: "", code: "" }));
  await failureOf(api.signIn("lan", "wrong"));
  await failureOf(api.changePassword("wrong", "another one"));
  await failureOf(api.session());
  expect(signedOut()).toBe(0);
  await failureOf(api.overview());
  await failureOf(api.acknowledge("a"));
  expect(signedOut()).toBe(2);
});

test("a kept copy tells when it was kept", async () => {
  const { api } = await ask((_, reply) => {
    reply.setHeader("x-canhdong-saved-at", "1763712000000");
    json(reply, 200, { alerts: [] });
  });
  expect(await api.alerts("open", 5)).toEqual({ body: [], savedAtMs: 1_763_712_000_000 });
});

test("a failing server's report on its health is an answer", async () => {
  const report = {
    status: "failing",
    startedAtMs: 1,
    checks: [{ name: "journal", status: "failing", message: "full" }],
  };
  const { api } = await ask((_, reply) => json(reply, 503, report));
  expect((await api.health()).body).toEqual(report);
});

test.each<[string, (api: Api) => Promise<unknown>, string]>([
  [
    "sign-in",
    (api) => api.signIn("lan", "mật khẩu"),
    'POST /api/v1/session {"name":"lan","password":"mật khẩu"}',
  ],
  ["sign-out", (api) => api.signOut(), "DELETE /api/v1/session "],
  [
    "a new password",
    (api) => api.changePassword("a", "b"),
    'POST /api/v1/session/password {"current":"a","next":"b"}',
  ],
  ["an acknowledgement", (api) => api.acknowledge("a/b"), "POST /api/v1/alerts/a%2Fb/acknowledge "],
  [
    "a series",
    (api) =>
      api.series(
        { device: "nút 1", quantity: "soil.pH", fromMs: 1, toMs: 2, buckets: 3 },
        new AbortController().signal,
      ),
    "GET /api/v1/devices/n%C3%BAt%201/series?quantity=soil.pH&buckets=3&fromMs=1&toMs=2 ",
  ],
])("%s is asked for as the server expects it", async (_, call, expected) => {
  let asked = "";
  const { api } = await ask(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked = `${request.method} ${request.url} ${Buffer.concat(chunks)}`;
    json(reply, 200, {});
  });
  await call(api);
  expect(asked).toBe(expected);
});

test("an export names device and span", () => {
  expect(exportUrl("nút/1", { fromMs: 1, toMs: 2 })).toBe(
    "/api/v1/export?format=csv&device=n%C3%BAt%2F1&fromMs=1&toMs=2",
  );
});
