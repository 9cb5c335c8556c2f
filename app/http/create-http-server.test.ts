import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram } from "../testing/has-program.ts";
import { selfSigned } from "../testing/self-signed.ts";
import { type FarmServer, localToken, openFarmServer } from "./testing/farm-server.ts";

let farm: FarmServer;
beforeAll(async () => {
  farm = await openFarmServer();
});
afterAll(() => farm.close());

describe("every answer", () => {
  test("forbids what the page does not need, and does not lock anybody out of a box on plain http", async () => {
    for (const path of ["/api/v1/health", "/api/docs", "/nowhere"]) {
      const { headers } = await fetch(farm.url + path);
      const policy = headers.get("content-security-policy");
      expect(policy).toContain("default-src 'self'");
      expect(policy).not.toContain("upgrade-insecure-requests");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers.get("strict-transport-security")).toBeNull();
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
    }
    expect((await fetch(`${farm.url}/api/v1/health`)).headers.get("cache-control")).toBe("no-store");
  });

  test("that is no success is a problem in JSON", async () => {
    const unknown = await fetch(`${farm.url}/api/v1/fields?secret=1`);
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toEqual({
      error: "not-found",
      message: expect.stringContaining("GET /api/v1/fields; /api/docs"),
    });
    expect((await fetch(`${farm.url}/etc/passwd`)).status).toBe(404);
    expect((await farm.ask("lan", "/devices", { method: "PUT" })).status).toBe(404);
  });
});

describe("a body", () => {
  const post = (body: string, type = "application/json") =>
    farm.ask("lan", "/places", { method: "POST", body, headers: { "content-type": type } });

  test.each([
    ["that is no JSON", '{"id": ', "application/json", 400, "not-json"],
    ["that is empty but says JSON", "", "application/json", 400, "not-json"],
    ["that poisons a prototype", '{"__proto__": {"role": "admin"}}', "application/json", 400, "not-json"],
    ["of another kind", "id: 1", "application/yaml", 415, "unsupported-media-type"],
    [
      "larger than 256 KiB",
      JSON.stringify({ id: "x".repeat(300_000) }),
      "application/json",
      413,
      "too-large",
    ],
  ])("%s is refused in words", async (_what, body, type, status, error) => {
    const answer = await post(body, type);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error, message: expect.stringMatching(/\w+ .*\.$/) });
  });

  test("with several faults names them all", async () => {
    const answer = await post(JSON.stringify({ id: 5, kind: "lake" }));
    expect(await answer.json()).toMatchObject({
      error: "invalid",
      details: [{ path: "body.kind" }, { path: "body.name" }, { path: "body.id" }],
    });
  });
});

describe("health", () => {
  test("tells a stranger the status, and who has signed in why", async () => {
    expect(await (await farm.ask(null, "/health")).json()).toMatchObject({ status: "ok", checks: [] });
    expect(await (await farm.ask("hoa", "/health")).json()).toMatchObject({
      status: "ok",
      checks: [{ name: "journal", status: "ok" }],
    });
  });

  test("is as bad as its worst check, and 503 when readings do not get in", async () => {
    const says = { vi: "", en: "" };
    const check = (name: string, status: "ok" | "degraded" | "failing") => {
      return { name, status, message: "", label: says, says };
    };
    const checks = [check("store", "degraded"), check("journal", "ok")];
    const own = await openFarmServer({ health: () => checks });
    const degraded = await own.ask(null, "/health");
    expect([degraded.status, await degraded.json()]).toMatchObject([200, { status: "degraded" }]);
    checks.push(check("disk", "failing"));
    const failing = await own.ask(null, "/health");
    expect([failing.status, await failing.json()]).toMatchObject([503, { status: "failing" }]);
    await own.close();
  });
});

describe("metrics", () => {
  const get = (headers: Record<string, string>, from = farm) => from.ask(null, "/metrics", { headers });

  test("are read on this machine without a word", async () => {
    const answer = await get({});
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await answer.text()).toContain(
      "# TYPE canhdong_uplinks_total counter\ncanhdong_uplinks_total 12\n",
    );
  });

  test("are not for strangers whom a reverse proxy brings", async () => {
    expect((await get({ "x-forwarded-for": "203.0.113.5" })).status).toBe(401);
    expect((await get({ via: "1.1 proxy" })).status).toBe(401);
    const behind = await openFarmServer({ http: { publicUrl: "https://dong.example.vn" } });
    expect((await get({}, behind)).status).toBe(401);
    await behind.close();
  });

  test("from elsewhere take a token that opens nothing else", async () => {
    const metricsToken = "a-token-of-prometheus";
    const behind = await openFarmServer({ http: { metricsToken, publicUrl: "https://dong.example.vn" } });
    const headers = { authorization: `Bearer ${metricsToken}` };
    expect((await get(headers, behind)).status).toBe(200);
    expect((await get({ authorization: "Bearer another-one-of-20-characters" }, behind)).status).toBe(401);
    expect((await behind.ask(null, "/devices", { headers })).status).toBe(401);
    await behind.close();
  });

  test("are also an administrator's, and nobody else's", async () => {
    const behind = await openFarmServer({ http: { trustProxy: ["10.0.0.1"] } });
    expect((await behind.ask("lan", "/metrics")).status).toBe(200);
    expect((await behind.ask("trang", "/metrics")).status).toBe(401);
    await behind.close();
  });

  test("are not told to a page that took 127.0.0.1 for its own name", async () => {
    const { port } = new URL(farm.url);
    const status = await rawStatus(
      Number(port),
      "GET /api/v1/metrics HTTP/1.1\r\nhost: evil.example\r\n\r\n",
    );
    expect(status).toBe(401);
  });
});

/** Status of a request written by hand, where fetch would not let us. */
function rawStatus(port: number, text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.once("error", reject);
    socket.once("data", (answer) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1.1 (\d+)/.exec(answer.toString())![1]));
    });
  });
}

test("an address that asks too often has to wait", async () => {
  const own = await openFarmServer({ http: { requestsPerMinute: 10 } });
  for (let i = 0; i < 10; i++) expect((await own.ask(null, "/health")).status).toBe(200);
  const refused = await own.ask(null, "/health");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: "too-many-requests" });
  await own.close();
});

test("closing lets a running request finish, and does not wait for idle connections", async () => {
  let finish = () => {};
  const asked = new Promise<void>((begin) => {
    health = () => {
      begin();
      return new Promise<[]>((resolve) => {
        finish = () => resolve([]);
      });
    };
  });
  const own = await openFarmServer({ health: () => health() });
  await own.ask(null, "/quantities");
  const running = own.ask(null, "/health");
  await asked;
  const closed = own.close();
  finish();
  expect((await running).status).toBe(200);
  await closed;
});
let health: () => Promise<[]>;

describe("the built page", () => {
  let webRoot: string;
  let own: FarmServer;
  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), "canhdong-web-"));
    await mkdir(join(webRoot, "assets"));
    await writeFile(join(webRoot, "index.html"), "<!doctype html><title>Cánh đồng</title>");
    await writeFile(join(webRoot, "assets", "app-1a2b.js"), "export {};");
    await writeFile(join(webRoot, "assets", "app-1a2b.js.br"), "brotli");
    own = await openFarmServer({ webRoot });
  });
  afterAll(async () => {
    await own.close();
    await rm(webRoot, { recursive: true });
  });

  const get = (path: string, headers = {}) => fetch(own.url + path, { headers });

  test("is served to anyone, and asked for again each time", async () => {
    const answer = await get("/");
    expect(await answer.text()).toContain("Cánh đồng");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(answer.headers.get("etag")).not.toBeNull();
  });

  test("has files that are named by their content: kept for ever, sent as they were compressed", async () => {
    const answer = await get("/assets/app-1a2b.js", { "accept-encoding": "identity" });
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await answer.text()).toBe("export {};");
    const { port } = new URL(own.url);
    const compressed = "GET /assets/app-1a2b.js HTTP/1.1\r\nhost: localhost\r\naccept-encoding: br\r\n\r\n";
    expect(await rawText(Number(port), compressed)).toMatch(/content-encoding: br[\s\S]*brotli$/);
  });

  test("answers for its own addresses, but not for those of the API or for missing files", async () => {
    const html = { accept: "text/html" };
    expect((await get("/alerts/12", html)).status).toBe(200);
    expect((await get("/assets/gone.js", html)).status).toBe(404);
    expect((await get("/api/v1/gone", html)).status).toBe(404);
    expect((await get("/alerts/12")).status).toBe(404);
  });

  test("has no way out of its folder", async () => {
    const { port } = new URL(own.url);
    for (const path of [
      "/../package.json",
      "/%2e%2e/package.json",
      "/..%2fpackage.json",
      "/assets/../../etc/passwd",
    ]) {
      const status = await rawStatus(Number(port), `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      expect([path, status >= 400]).toEqual([path, true]);
    }
  });
});

function rawText(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(text.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n")),
    );
    socket.once("error", reject);
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.once("end", () => resolve(answer));
  });
}

test.skipIf(!hasProgram("openssl"))(
  "with a certificate it speaks https only, and says so to browsers",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "canhdong-tls-"));
    const own = await openFarmServer({ http: { tls: selfSigned(folder, "localhost") } });
    expect(own.url).toMatch(/^https:/);
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      httpsRequest(`${own.url}/api/v1/health`, { rejectUnauthorized: false }, (answer) => {
        answer.resume();
        resolve(answer.headers);
      })
        .once("error", reject)
        .end();
    });
    expect(headers["strict-transport-security"]).toBe("max-age=15552000");
    await own.close();
    await rm(folder, { recursive: true });
  },
);

test("the local token is worth nothing in an address", async () => {
  expect((await farm.ask(null, `/devices?token=${localToken}`)).status).toBe(401);
});
