import { afterEach, beforeEach, expect, test } from "vitest";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
beforeEach(async () => {
  farm = await openFarmServer();
});
afterEach(() => farm.close());

const json = async (answer: Response) => (await answer.json()) as Record<string, unknown>;
const bySms = { purpose: "alerts", medium: "sms", given: true, how: "signed form", textVersion: "2026-11" };

test("an administrator sees people with their addresses masked, others see none", async () => {
  farm.registry.updatePerson("hoa", { phone: "0912345678", email: "hoa@example.vn", telegram: "778899" }, 1);
  const answer = await farm.ask("lan", "/people");
  const text = await answer.text();
  expect(text).not.toMatch(/912345678|hoa@example|778899/);
  const { people } = JSON.parse(text) as { people: { id: string; addresses: unknown }[] };
  expect(people.find(({ id }) => id === "hoa")?.addresses).toEqual([
    { kind: "phone", masked: "+84••••••678" },
    { kind: "email", masked: "h••@example.vn" },
    { kind: "telegram", masked: "••••••99" },
  ]);
  expect((await farm.ask("hoa", "/people")).status).toBe(403);
});

test("an officer sees the farmers of their communes, and writes down what these said", async () => {
  const ids = async (officer: string) => {
    const { people } = (await json(await farm.ask(officer, "/people"))) as { people: { id: string }[] };
    return people.map(({ id }) => id).sort();
  };
  expect(await ids("minh")).toEqual(["hoa"]);
  expect(await ids("trang")).toEqual(["binh", "hoa"]);
  expect((await farm.send("minh", "POST", "/people/hoa/consents", bySms)).status).toBe(201);
  expect(await json(await farm.ask("minh", "/people/hoa/consents"))).toMatchObject({
    consents: [{ who: "minh" }],
  });
  for (const id of ["binh", "lan", "minh"]) {
    expect((await farm.ask("minh", `/people/${id}/consents`)).status).toBe(404);
    expect((await farm.send("minh", "POST", `/people/${id}/consents`, bySms)).status).toBe(404);
  }
  expect((await farm.send("minh", "PATCH", "/people/hoa", { name: "H" })).status).toBe(403);
  expect((await farm.send("minh", "DELETE", "/people/hoa")).status).toBe(403);
});

test("a person is added with a one-time password, and changed", async () => {
  const added = await farm.send("lan", "POST", "/people", { id: "thu", name: "Thu", role: "officer" });
  expect(added.status).toBe(201);
  const { password } = (await json(added)) as { password: string };
  expect(await farm.registry.verifyPassword("thu", password)).toMatchObject({ mustChangePassword: true });
  const telling = { media: { info: [] }, digestAt: "06:30" };
  const changed = await farm.send("lan", "PATCH", "/people/thu", { communes: ["18685"], telling });
  expect(await json(changed)).toMatchObject({ id: "thu", communes: ["18685"], telling });
  expect((await farm.send("lan", "PATCH", "/people/nobody", {})).status).toBe(404);
  const wrong = await farm.send("lan", "PATCH", "/people/thu", { phone: "12" });
  expect([wrong.status, await json(wrong)]).toMatchObject([
    400,
    { message: expect.stringContaining("0912 345 678") },
  ]);
});

test("consents are written down by an administrator with how they were given, and by oneself", async () => {
  expect((await farm.send("lan", "POST", "/people/hoa/consents", bySms)).status).toBe(201);
  const { how: _, ...own } = bySms;
  expect((await farm.send("hoa", "POST", "/session/consents", { ...own, given: false })).status).toBe(201);
  const ledger = (await json(await farm.ask("lan", "/people/hoa/consents"))).consents;
  expect(ledger).toMatchObject([
    { given: true, how: "signed form", who: "lan" },
    { given: false, how: "on the page", who: "hoa" },
  ]);
  expect((await farm.send("hoa", "POST", "/people/binh/consents", bySms)).status).toBe(403);
});

test("everybody sees and sets how they are told themselves", async () => {
  const telling = {
    media: { critical: ["sms"] },
    quietHours: { from: "21:00", to: "05:30" },
    digestAt: null,
  };
  const set = await farm.send("hoa", "PUT", "/session/telling", { telling });
  expect(await json(set)).toMatchObject({ person: { id: "hoa", telling, consents: [] }, ledger: [] });
  expect(await json(await farm.ask("hoa", "/session/telling"))).toMatchObject({ person: { telling } });
  const wrong = { telling: { media: { critical: ["pigeon"] }, digestAt: null } };
  expect((await farm.send("hoa", "PUT", "/session/telling", wrong)).status).toBe(400);
});

test("a person's file has everything in the open, and erasing leaves only a pseudonym", async () => {
  farm.registry.updatePerson("hoa", { phone: "0912345678" }, 1);
  await farm.send("lan", "POST", "/people/hoa/consents", bySms);
  await farm.measure({ device: "soil-1", quantity: "soil.moisture", value: 20 });
  const { id } = farm.watch.alerts({ state: "open", limit: 1 })[0]!;
  await farm.send("hoa", "POST", `/alerts/${id}/acknowledge`);
  expect(await json(await farm.ask("lan", "/people/hoa/file"))).toMatchObject({
    person: { phone: "+84912345678" },
    consents: [{ medium: "sms" }],
    actions: [{ alert: id, what: "acknowledged" }],
    messages: [{ alert: id, notifier: "sms" }],
  });
  expect((await farm.ask("minh", "/people/hoa/file")).status).toBe(403);

  expect((await farm.send("lan", "DELETE", "/people/hoa")).status).toBe(204);
  expect(farm.registry.person("hoa")).toBeUndefined();
  const alert = await json(await farm.ask("lan", `/alerts/${id}`));
  expect(alert.acknowledgedBy).toMatch(/^erased-[0-9a-f]{8}$/);
  expect((await farm.send("lan", "DELETE", "/people/hoa")).status).toBe(404);
});

test("the last administrator cannot be erased", async () => {
  const answer = await farm.send("lan", "DELETE", "/people/lan");
  expect([answer.status, await json(answer)]).toMatchObject([409, { error: "in-use" }]);
  expect(farm.registry.person("lan")).toBeDefined();
});
