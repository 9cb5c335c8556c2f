import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EventStream, openEventStream } from "../testing/event-stream.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
let secret: string;
const streams: EventStream[] = [];

beforeEach(async () => {
  farm = await openFarmServer();
  ({ secret } = farm.registry.addService(
    {
      name: "flows",
      subscribe: ["canhdong/v1/soil-1/telemetry"],
      publish: ["canhdong/v1/soil-1/command", "canhdong/v1/services/messages/hoa"],
    },
    farm.time.nowMs,
  ));
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await farm.close();
});

const basic = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;

/** Asks as the service. */
function ask(path: string, body?: object, authorization = basic("flows", secret)): Promise<Response> {
  return fetch(`${farm.url}/api/v1/automation${path}`, {
    headers: { authorization, ...(body && { "content-type": "application/json" }) },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
}

const order = (more: object = {}) => ({
  id: "flows.1",
  name: "irrigate",
  args: { minutes: 20 },
  expiresAt: "2026-11-21T06:00:00Z",
  ...more,
});

describe("who may ask", () => {
  test("nobody without the secret of a service, nor with a wrong one", async () => {
    for (const authorization of ["", "Basic", "Basic ****", basic("flows", "x"), basic("ghost", secret)]) {
      const answer = await ask("/devices/soil-1/latest", undefined, authorization);
      expect([authorization, answer.status]).toEqual([authorization, 401]);
    }
  });

  test("a person, be it the administrator, is told that this is for services", async () => {
    const answer = await farm.ask("lan", "/automation/devices/soil-1/latest");
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: "forbidden" }]);
  });

  test("a service may ask nothing else: no route of people opens to its secret", async () => {
    for (const path of ["/devices", "/alerts", "/people", "/overview"]) {
      const answer = await fetch(`${farm.url}/api/v1${path}`, {
        headers: { authorization: basic("flows", secret) },
      });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  test("a service that was removed a moment ago is out", async () => {
    farm.registry.removeService("flows", farm.time.nowMs);
    expect((await ask("/devices/soil-1/latest")).status).toBe(401);
  });
});

describe("readings", () => {
  test("the latest values of a device that its filters name", async () => {
    await farm.measure({ device: "soil-1", quantity: "soil.moisture", value: 31 });
    expect(await (await ask("/devices/soil-1/latest")).json()).toMatchObject({
      device: "soil-1",
      latest: [{ quantity: "soil.moisture", value: 31, measuredAtMs: farm.time.nowMs }],
    });
  });

  test("another device does not exist for it", async () => {
    expect((await ask("/devices/pond-1/latest")).status).toBe(404);
    expect((await ask("/devices/nowhere/latest")).status).toBe(404);
  });

  test("live, of its devices and without alerts, until its secret is another", async () => {
    const stream = await openEventStream(`${farm.url}/api/v1/automation/live`, {
      authorization: basic("flows", secret),
    });
    streams.push(stream);
    await stream.untilId();
    await farm.measure(
      { device: "pond-1", quantity: "water.dissolvedOxygen", value: 2 },
      { device: "soil-1", quantity: "soil.moisture", value: 20 },
    );
    flush();
    expect(await stream.untilId()).toMatchObject([
      { event: "readings", data: { device: "soil-1", latest: [{ value: 20 }] } },
    ]);
    farm.registry.rotateServiceSecret("flows", farm.time.nowMs);
    flush();
    await expect(stream.next()).rejects.toThrow("the stream has ended");
  });

  function flush(): void {
    farm.time.nowMs += 500;
    farm.http.tick(farm.time.nowMs);
  }
});

describe("commands", () => {
  test("go to the device under the service's own id, with their end", async () => {
    const answer = await ask("/devices/soil-1/commands", order());
    expect([answer.status, await answer.json()]).toEqual([202, { id: "flows.1" }]);
    expect(farm.asked).toEqual([{ device: "soil-1", command: order() }]);
    expect(farm.logged.join("\n")).toContain("service:flows");
    expect(farm.logged.join("\n")).not.toContain(secret);
  });

  test("to another device are refused, and the filter that is missing is named", async () => {
    const answer = await ask("/devices/pond-1/commands", order());
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining("canhdong/v1/pond-1/command"),
    });
    expect((await ask("/devices/nowhere/commands", order())).status).toBe(404);
    expect(farm.asked).toEqual([]);
  });

  test("without a time after which they must not begin are refused", async () => {
    for (const wrong of [{ expiresAt: undefined }, { expiresAt: "soon" }, { id: "" }, { more: 1 }]) {
      expect((await ask("/devices/soil-1/commands", order(wrong))).status).toBe(400);
    }
  });
});

describe("messages", () => {
  const message = (more: object = {}) => ({
    key: "1",
    person: "hoa",
    about: "soil-1",
    severity: "critical",
    title: { vi: "Máy bơm không chạy", en: "The pump does not run" },
    advice: { vi: "Ra xem máy bơm.", en: "Look after the pump." },
    ...more,
  });

  function hoaAgrees(): void {
    const { registry, time } = farm;
    registry.updatePerson("hoa", { phone: "+84912345678" }, time.nowMs);
    const consent = {
      purpose: "alerts",
      medium: "sms",
      given: true,
      how: "signed form",
      textVersion: "1",
    } as const;
    registry.writeConsent({ person: "hoa", ...consent }, time.nowMs);
  }

  const waiting = () => farm.watch.outbox.claim("sms", 10, farm.time.nowMs);

  test("wait in the outbox for the person, as the platform knows how to reach them", async () => {
    hoaAgrees();
    expect(await (await ask("/messages", message())).json()).toEqual({ channels: 1 });
    expect(waiting()).toMatchObject([
      {
        event: "fired",
        recipient: { personId: "hoa", address: "+84912345678" },
        alert: {
          rule: "service:flows",
          severity: "critical",
          deviceName: "Nút soil-1",
          placeName: "Rẫy cà phê nhà Hoa",
          title: message().title,
        },
      },
    ]);
  });

  test("sent twice under the same key are told once", async () => {
    hoaAgrees();
    for (let i = 0; i < 2; i++) expect((await ask("/messages", message())).status).toBe(202);
    expect(waiting()).toHaveLength(1);
  });

  test("to somebody who has not agreed go nowhere, and the service is told so", async () => {
    expect(await (await ask("/messages", message())).json()).toEqual({ channels: 0 });
    expect(waiting()).toEqual([]);
  });

  test("that can wait do so until the night is over", async () => {
    hoaAgrees();
    // Midnight in Vietnam.
    farm.time.nowMs = Date.UTC(2026, 10, 21, 17);
    await ask("/messages", message({ severity: "warning" }));
    expect(waiting()).toEqual([]);
    farm.time.nowMs += 8 * 3_600_000;
    expect(waiting()).toHaveLength(1);
  });

  test("to another person are refused: the right is one person's", async () => {
    const answer = await ask("/messages", message({ person: "binh" }));
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining("canhdong/v1/services/messages/binh"),
    });
  });

  test("in one language only, or about nothing, are refused", async () => {
    hoaAgrees();
    expect((await ask("/messages", message({ title: { vi: "Máy bơm" } }))).status).toBe(400);
    expect((await ask("/messages", message({ about: "nowhere" }))).status).toBe(404);
  });
});
