import { expect, test } from "vitest";
import type { AlertInfo, LiveEvent, Me } from "../../../../app/http/shapes.ts";
import { farmData, quantities } from "../../e2e/farm-data.ts";
import type { Api } from "./api.ts";
import { createClock } from "./clock.ts";
import { ApiFailure } from "./failure.ts";
import { createFarm } from "./farm.ts";
import type { Connection, Live } from "./live.ts";
import { createSession } from "./session.ts";
import { createValue } from "./value.ts";

const now = Date.UTC(2026, 10, 21);

/** A farm over an api and a live stream that live in memory. */
function createStage({ serverAheadMs = 0 } = {}) {
  const data = farmData(now + serverAheadMs);
  const asked: string[] = [];
  let failure: ApiFailure | null = null;
  const answer = async <T>(what: string, body: T) => {
    asked.push(what);
    if (failure !== null) throw failure;
    return { body, savedAtMs: null };
  };
  const me: Me = { id: "lan", name: "Lan", role: "officer", language: "vi", mustChangePassword: false };
  const api: Api = {
    session: () => answer("session", me),
    signIn: async () => void (await answer("sign-in", null)),
    signOut: async () => void (await answer("sign-out", null)),
    changePassword: async () => {},
    quantities: () => answer("quantities", quantities),
    overview: () => answer("overview", data.overview),
    alerts: () => answer("alerts", data.open),
    acknowledge: async (id) => {
      const alert = data.open.find((candidate) => candidate.id === id)!;
      return (
        await answer("acknowledge", {
          ...alert,
          state: "acknowledged",
          acknowledgedBy: "by the server",
        } as AlertInfo)
      ).body;
    },
    snooze: async (id, minutes) => {
      const alert = data.open.find((candidate) => candidate.id === id)!;
      const snoozedUntilMs = now + minutes * 60_000;
      return (await answer("snooze", { ...alert, state: "snoozed", snoozedUntilMs } as AlertInfo)).body;
    },
    get: () => Promise.reject(new Error("not asked for here")),
    send: () => Promise.reject(new Error("not asked for here")),
    series: () => Promise.reject(new Error("not asked for here")),
    quarantine: () => Promise.reject(new Error("not asked for here")),
    health: () => Promise.reject(new Error("not asked for here")),
  };
  const listeners: ((event: LiveEvent) => void)[] = [];
  const connection = createValue<Connection>("connecting");
  const live: Live = {
    connection,
    onEvent: (listener) => void listeners.push(listener),
    start: () => {},
    hurry: () => {},
    stop: () => {},
  };
  const clock = createClock(() => now);
  return {
    farm: createFarm({ api, live, clock }),
    api,
    clock,
    asked,
    connection,
    tell(event: LiveEvent) {
      for (const listener of listeners) listener(event);
    },
    fail(kind: ApiFailure["kind"] | null) {
      failure = kind === null ? null : new ApiFailure(kind, "");
    },
    oxygen: data.open[1]!,
  };
}

test("ages are told by the server's clock, however wrong the phone's is", async () => {
  const { farm, clock } = createStage({ serverAheadMs: 3_600_000 });
  await farm.refresh();
  expect(clock.nowMs.get()).toBe(now + 3_600_000);
});

test("what was there stays through a failure, which is told", async () => {
  const { farm, fail } = createStage();
  await farm.refresh();
  fail("offline");
  await farm.refresh();
  expect(farm.overview.get().failure).toBe("offline");
  expect(farm.overview.get().data?.places).toHaveLength(5);
  fail(null);
  await farm.refresh();
  expect(farm.overview.get().failure).toBeNull();
});

test("after a lost connection everything is asked for again, at the first one only the alerts", async () => {
  const { farm, asked, connection } = createStage();
  await farm.refresh();
  asked.length = 0;
  connection.set("live");
  expect(asked).toEqual(["alerts"]);
  asked.length = 0;
  connection.set("retrying");
  connection.set("live");
  expect(asked.filter((what) => what === "overview")).toHaveLength(2);
});

test("a new alert is announced once, and a resolved one is gone", async () => {
  const { farm, tell, oxygen } = createStage();
  await farm.refresh();
  const alert = { ...oxygen, id: "ph-thap" };
  tell({ type: "alert", alert });
  expect(farm.announced.get()).toBe(alert);
  expect(farm.openAlerts.get().data).toHaveLength(3);
  const resolved = { ...alert, state: "resolved" } as const;
  tell({ type: "alert", alert: resolved });
  expect(farm.openAlerts.get().data).toHaveLength(2);
  expect(farm.announced.get()).toBe(alert);
});

test("an acknowledgement shows at once and then as the server has it", async () => {
  const { farm, oxygen } = createStage();
  await farm.refresh();
  const state = () => farm.openAlerts.get().data?.find(({ id }) => id === oxygen.id);
  const sent = farm.acknowledge(state()!, "Lan");
  expect(state()).toMatchObject({ state: "acknowledged", acknowledgedBy: "Lan" });
  expect(farm.acknowledgements.get().get(oxygen.id)).toBe("sending");
  await sent;
  expect(state()?.acknowledgedBy).toBe("by the server");
  expect(farm.acknowledgements.get().size).toBe(0);
});

test("a snooze shows at once until when; a refused one is taken back", async () => {
  const { farm, fail, oxygen } = createStage();
  await farm.refresh();
  const state = () => farm.openAlerts.get().data?.find(({ id }) => id === oxygen.id);
  await farm.snooze(oxygen, 120);
  expect(state()).toMatchObject({ state: "snoozed", snoozedUntilMs: now + 120 * 60_000 });
  const other = farm.openAlerts.get().data!.find(({ id }) => id !== oxygen.id)!;
  fail("offline");
  await farm.snooze(other, 120);
  expect(farm.openAlerts.get().data).toContain(other);
  expect(farm.acknowledgements.get().get(other.id)).toBe("offline");
});

test("a refused acknowledgement is taken back and says why", async () => {
  const { farm, fail, oxygen } = createStage();
  await farm.refresh();
  fail("offline");
  await farm.acknowledge(oxygen, "Lan");
  expect(farm.openAlerts.get().data?.[0]).toBe(oxygen);
  expect(farm.acknowledgements.get().get(oxygen.id)).toBe("offline");
});

test("a refused acknowledgement does not undo what the server told meanwhile", async () => {
  const { farm, fail, tell, oxygen } = createStage();
  await farm.refresh();
  fail("offline");
  const sent = farm.acknowledge(oxygen, "Lan");
  tell({ type: "alert", alert: { ...oxygen, state: "resolved", resolvedAtMs: now } });
  await sent;
  expect(farm.openAlerts.get().data?.map(({ id }) => id)).toEqual(["mat-tin-hieu"]);
});

test("a server that has forgotten what we missed makes us ask again", async () => {
  const { farm, tell, asked } = createStage();
  await farm.refresh();
  asked.length = 0;
  tell({ type: "resync" });
  expect(asked).toContain("overview");
});

test("whoever signs in or out leaves no copies for the next one at this phone", async () => {
  const { api, asked } = createStage();
  const session = createSession(api, async () => void asked.push("forget"));
  await session.signIn("lan", "secret");
  expect(asked).toEqual(["forget", "sign-in", "session"]);
  expect(session.state.get().kind).toBe("signed-in");
  await session.signOut();
  expect(asked.slice(3)).toEqual(["sign-out", "forget"]);
  expect(session.state.get().kind).toBe("signed-out");
});

test("a server that cannot be reached is not a session that ended", async () => {
  const { api, fail } = createStage();
  const session = createSession(api, async () => {});
  fail("offline");
  await session.check();
  expect(session.state.get()).toEqual({ kind: "unreachable", failure: "offline" });
  fail("signed-out");
  await session.check();
  expect(session.state.get().kind).toBe("signed-out");
});
