import { afterEach, beforeEach, expect, test } from "vitest";
import { createSessions } from "./session.ts";
import { type FarmServer, localToken, openFarmServer, sessionKey } from "./testing/farm-server.ts";

const day = 86_400_000;
const password = "cà phê Buôn Ma Thuột";

let farm: FarmServer;
beforeEach(async () => {
  farm = await openFarmServer();
});
afterEach(() => farm.close());

const signIn = (name: string, text: string) => farm.send(null, "POST", "/session", { name, password: text });
const cookieOf = (answer: Response) => answer.headers.get("set-cookie")!.split(";")[0]!;
const me = (cookie: string) => farm.ask(null, "/session", { headers: { cookie } });

test("name and password give a session, which only the browser can read", async () => {
  await farm.registry.setPassword("hoa", password, farm.time.nowMs);
  const answer = await signIn("hoa", password);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    id: "hoa",
    name: "Hoa",
    role: "farmer",
    language: "vi",
    mustChangePassword: false,
  });
  const attributes = answer.headers.get("set-cookie")!;
  expect(attributes).toMatch(/^canhdong=/);
  for (const attribute of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(attributes).toContain(attribute);
  expect((await me(cookieOf(answer))).status).toBe(200);
});

test("without a session every route but a few says to sign in first", async () => {
  const document = (await (await fetch(`${farm.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const open: string[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      const answer = await fetch(farm.url + path.replace(/\{\w+\}/, "1"), { method: method.toUpperCase() });
      const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
      if (error !== "not-signed-in") open.push(`${method.toUpperCase()} ${path}`);
    }
  }
  expect(open.toSorted()).toEqual([
    "DELETE /api/v1/session",
    "GET /api/v1/health",
    "GET /api/v1/metrics",
    "POST /api/v1/session",
  ]);
});

test("a wrong password and an unknown name get the same answer", async () => {
  await farm.registry.setPassword("hoa", password, farm.time.nowMs);
  const [wrong, unknown] = [await signIn("hoa", "something else"), await signIn("nobody", password)];
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await wrong.json()).toEqual(await unknown.json());
});

test("after so many wrong passwords the right one has to wait, too, until the window has passed", async () => {
  const own = await openFarmServer({
    http: { signIn: { attempts: 2, attemptsPerAddress: 50, withinMinutes: 15 } },
  });
  await own.registry.setPassword("hoa", password, own.time.nowMs);
  const signInHere = (name: string, text: string) =>
    own.send(null, "POST", "/session", { name, password: text });
  // All at once: they are counted before the passwords are looked at.
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => signInHere("hoa", `wrong number ${i}`)),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(2);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(18);

  const refused = await signInHere("HOA", password);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe(String(15 * 60));
  expect(await refused.json()).toMatchObject({
    error: "too-many-attempts",
    message: expect.stringContaining("15 minutes"),
  });
  own.time.nowMs += 15 * 60_000;
  expect((await signInHere("hoa", password)).status).toBe(200);
  await own.close();
});

test("a cookie that was changed in any character is nobody's", async () => {
  const [name, token] = farm.cookieOf("hoa").split("=") as [string, string];
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === "A" ? "B" : "A";
    const answer = await me(`${name}=${token.slice(0, i)}${other}${token.slice(i + 1)}`);
    // The last character of base64url may carry bits that mean nothing; those four spellings are the same signature.
    if (answer.status !== 401) expect(i).toBe(token.length - 1);
  }
  expect((await me(`${name}=${token}.x`)).status).toBe(401);
  expect((await me(`${name}=`)).status).toBe(401);
});

test("a session signed with another key is nobody's", async () => {
  const foreign = createSessions(new Uint8Array(32).fill(8), day);
  const token = foreign.issue(farm.registry.person("lan")!, farm.time.nowMs);
  expect((await me(`canhdong=${token}`)).status).toBe(401);
});

test("a session ends with its time, and is renewed past half of it", async () => {
  const cookie = farm.cookieOf("hoa");
  farm.time.nowMs += 14 * day;
  expect((await me(cookie)).headers.get("set-cookie")).toBeNull();
  farm.time.nowMs += 2 * day;
  const renewed = cookieOf(await me(cookie));
  farm.time.nowMs += 14 * day;
  expect((await me(cookie)).status).toBe(401);
  expect((await me(renewed)).status).toBe(200);
});

test("a new password ends all older sessions, and the one that chose it goes on", async () => {
  await farm.registry.setPassword("hoa", password, farm.time.nowMs);
  const [phone, tablet] = [cookieOf(await signIn("hoa", password)), cookieOf(await signIn("hoa", password))];
  const changed = await farm.ask(null, "/session/password", {
    method: "POST",
    headers: { cookie: phone, "content-type": "application/json" },
    body: JSON.stringify({ current: password, next: "hồ tiêu Chư Sê" }),
  });
  expect(changed.status).toBe(200);
  expect((await me(tablet)).status).toBe(401);
  expect((await me(phone)).status).toBe(401);
  expect((await me(cookieOf(changed))).status).toBe(200);
  expect((await signIn("hoa", password)).status).toBe(401);
});

test("with the one-time password nothing is open but to replace it", async () => {
  await farm.registry.setPassword("lan", password, farm.time.nowMs, { mustChange: true });
  const cookie = cookieOf(await signIn("lan", password));
  const refused = await farm.ask(null, "/overview", { headers: { cookie } });
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: "password-change-needed" });
  expect(await (await me(cookie)).json()).toMatchObject({ mustChangePassword: true });
  const change = { current: password, next: "sầu riêng Cai Lậy" };
  const changed = await farm.ask(null, "/session/password", {
    method: "POST",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  expect((await farm.ask(null, "/overview", { headers: { cookie: cookieOf(changed) } })).status).toBe(200);
});

test("a password that is too short, or the same again, is refused with the reason", async () => {
  await farm.registry.setPassword("hoa", password, farm.time.nowMs);
  const short = await farm.send("hoa", "POST", "/session/password", { current: password, next: "ngắn" });
  expect(await short.json()).toMatchObject({ error: "invalid", details: [{ path: "body.next" }] });
  const same = await farm.send("hoa", "POST", "/session/password", { current: password, next: password });
  expect(await same.json()).toMatchObject({ error: "invalid", details: [{ path: "body.next" }] });
});

test("signing out clears the cookie", async () => {
  const answer = await farm.send("hoa", "DELETE", "/session");
  expect(answer.status).toBe(204);
  expect(answer.headers.get("set-cookie")).toMatch(/^canhdong=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
});

test("a removed person is signed out at once", async () => {
  const cookie = farm.cookieOf("hoa");
  farm.registry.removePerson("hoa", farm.time.nowMs);
  expect((await me(cookie)).status).toBe(401);
});

test("who gets the id of somebody who has left does not get their sessions", async () => {
  const cookie = farm.cookieOf("hoa");
  farm.registry.removePerson("hoa", farm.time.nowMs);
  farm.registry.addPerson({ id: "hoa", name: "Hoà", role: "admin" }, farm.time.nowMs + 1);
  expect((await me(cookie)).status).toBe(401);
});

test("a page of another site cannot write with a person's cookie", async () => {
  const ask = (headers: Record<string, string>) => farm.ask("lan", "/backup", { method: "POST", headers });
  expect((await ask({ origin: "https://evil.example" })).status).toBe(403);
  expect((await ask({ origin: "null" })).status).toBe(403);
  expect((await ask({ origin: "http://127.0.0.1:1" })).status).toBe(403);
  expect(farm.asked).toEqual([]);
  expect((await ask({ origin: farm.url })).status).toBe(200);
});

test("a page of another site cannot sign somebody in", async () => {
  const answer = await farm.ask(null, "/session", {
    method: "POST",
    headers: { origin: "https://evil.example", "content-type": "application/json" },
    body: JSON.stringify({ name: "hoa", password }),
  });
  expect(answer.status).toBe(403);
});

test("behind a reverse proxy the public address may write", async () => {
  const behind = await openFarmServer({ http: { publicUrl: "https://dong.example.vn" } });
  const headers = { origin: "https://dong.example.vn", cookie: `__Host-${behind.cookieOf("lan")}` };
  expect((await behind.ask(null, "/backup", { method: "POST", headers })).status).toBe(200);
  await behind.registry.setPassword("hoa", password, behind.time.nowMs);
  const answer = await behind.send(null, "POST", "/session", { name: "hoa", password });
  expect(answer.headers.get("set-cookie")).toMatch(/^__Host-canhdong=.*; Secure/);
  await behind.close();
});

test("the command line's token is an administrator's, a wrong one is nobody's", async () => {
  const ask = (token: string) =>
    farm
      .ask(null, "/devices", { headers: { authorization: `Bearer ${token}` } })
      .then(({ status }) => status);
  expect(await ask(localToken)).toBe(200);
  expect(await ask(`${localToken}x`)).toBe(401);
  expect(await ask(localToken.slice(1))).toBe(401);
});

test("passwords, cookies and tokens are not logged", async () => {
  await farm.registry.setPassword("hoa", password, farm.time.nowMs);
  const cookie = cookieOf(await signIn("hoa", password));
  await signIn("hoa", "a wrong password");
  await signIn("a password in the wrong field", "hoa");
  await farm.ask(null, "/backup", { method: "POST", headers: { authorization: `Bearer ${localToken}` } });
  const log = farm.logged.join("\n");
  expect(log).toContain("http: a sign-in was refused");
  for (const secret of [password, "a wrong password", "wrong field", cookie.split("=")[1]!, localToken]) {
    expect(log).not.toContain(secret);
  }
});

test("a session key that is too short is refused", () => {
  expect(() => createSessions(sessionKey.subarray(0, 16), day)).toThrow("16 bytes");
});
