import { afterEach, beforeEach, expect, test } from "vitest";
import { openEventStream } from "../testing/event-stream.ts";
import { type FarmServer, localToken, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
let id: string;
beforeEach(async () => {
  farm = await openFarmServer();
  await farm.measure({ device: "soil-1", quantity: "soil.moisture", value: 20 });
  id = farm.watch.alerts({ state: "open", limit: 1 })[0]!.id;
});
afterEach(() => farm.close());

const acknowledgedBy = async (answer: Response) =>
  ((await answer.json()) as { acknowledgedBy: string | null }).acknowledgedBy;
const told = async () => acknowledgedBy(await farm.ask("lan", `/alerts/${id}`));

test("who takes care of an alert is told by name, everywhere", async () => {
  const stream = await openEventStream(`${farm.url}/api/v1/live`, { cookie: farm.cookieOf("lan") });
  await stream.untilId();
  expect(await told()).toBeNull();
  expect(await acknowledgedBy(await farm.send("minh", "POST", `/alerts/${id}/acknowledge`))).toBe("Minh");
  expect(await told()).toBe("Minh");
  const { alerts } = (await (await farm.ask("hoa", "/alerts")).json()) as { alerts: unknown[] };
  expect(alerts).toMatchObject([{ acknowledgedBy: "Minh" }]);
  expect(await stream.next()).toMatchObject({ event: "alert", data: { alert: { acknowledgedBy: "Minh" } } });
  stream.close();
  expect(farm.watch.alert(id)).toMatchObject({ acknowledgedBy: "minh" });
});

test("when somebody took care of a device's alerts is told to whom sees the device", async () => {
  const nowMs = farm.time.nowMs;
  const path = (device: string, fromMs: number, toMs: number) =>
    `/devices/${device}/acknowledgements?fromMs=${fromMs}&toMs=${toMs}`;
  await farm.send("minh", "POST", `/alerts/${id}/acknowledge`);
  const seen = await farm.ask("lan", path("soil-1", nowMs, nowMs + 1));
  expect(await seen.json()).toEqual({ acknowledgedAtMs: [nowMs] });
  const before = await farm.ask("lan", path("soil-1", nowMs - 1, nowMs));
  expect(await before.json()).toEqual({ acknowledgedAtMs: [] });
  expect((await farm.ask("binh", path("soil-1", nowMs, nowMs + 1))).status).toBe(404);
  expect((await farm.ask("lan", path("soil-1", nowMs, nowMs))).status).toBe(400);
});

test("of a person who has left the id is told", async () => {
  await farm.send("minh", "POST", `/alerts/${id}/acknowledge`);
  farm.registry.removePerson("minh", farm.time.nowMs);
  expect(await told()).toBe("minh");
});

test("the command line is told as what it is", async () => {
  const headers = { authorization: `Bearer ${localToken}` };
  await farm.ask(null, `/alerts/${id}/acknowledge`, { method: "POST", headers });
  expect(await told()).toBe("local");
});

test("whoever sees an alert can snooze it; it wakes by itself", async () => {
  const snoozed = await farm.send("hoa", "POST", `/alerts/${id}/snooze`, { minutes: 60 });
  expect(await snoozed.json()).toMatchObject({
    state: "snoozed",
    snoozedUntilMs: farm.time.nowMs + 3_600_000,
  });
  expect((await farm.send("binh", "POST", `/alerts/${id}/snooze`, { minutes: 60 })).status).toBe(404);
  const wrong = await farm.send("hoa", "POST", `/alerts/${id}/snooze`, { minutes: 1 });
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { details: [{ path: "body.minutes" }] }]);
  farm.time.nowMs += 3_600_000;
  farm.watch.tick(farm.time.nowMs);
  expect(await (await farm.ask("hoa", `/alerts/${id}`)).json()).toMatchObject({ state: "firing" });
});

test("the history tells who did what by name; who was told is for the staff", async () => {
  await farm.send("hoa", "POST", `/alerts/${id}/acknowledge`);
  expect(await (await farm.ask("hoa", `/alerts/${id}/history`)).json()).toMatchObject({
    steps: [
      { what: "fired", who: null, severity: "warning" },
      { what: "acknowledged", who: "Hoa" },
    ],
  });
  expect((await farm.ask("binh", `/alerts/${id}/history`)).status).toBe(404);
  expect(await (await farm.ask("minh", `/alerts/${id}/deliveries`)).json()).toEqual({ deliveries: [] });
  expect((await farm.ask("hoa", `/alerts/${id}/deliveries`)).status).toBe(403);
});
