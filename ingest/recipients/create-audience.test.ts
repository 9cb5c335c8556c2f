import { describe, expect, test } from "vitest";
import { hour, minute, noon } from "../alerts/test-field.ts";
import { createVillage } from "./test-village.ts";

const lowOxygen = { quantity: "water.dissolvedOxygen" };
const night = noon + 11 * hour;

describe("who is told", () => {
  test("of what is critical the farmer and the officer at once, nobody of another place or commune", () => {
    const village = createVillage();
    village.measures(2, lowOxygen);
    expect(village.told()).toEqual(["sms hoa: fired oxygen", "sms minh: fired oxygen"]);
    expect(village.told()).toEqual([]);
  });

  test("of what is less, first the farmer alone; and of the end whoever heard of the beginning", () => {
    const village = createVillage();
    village.measures(20);
    expect(village.told()).toEqual(["sms hoa: fired dry"]);
    village.measures(30);
    expect(village.told()).toEqual(["sms hoa: resolved dry"]);
  });

  test("nobody who has not agreed, and nobody who took it back since", () => {
    const village = createVillage();
    village.agrees("minh", "sms", false);
    village.measures(2, lowOxygen);
    village
      .openAgain()
      .writeConsent(
        { person: "hoa", purpose: "alerts", medium: "sms", given: false, how: "x", textVersion: "1" },
        noon,
      );
    expect(village.told()).toEqual([]);
    expect(village.field.watch.persons.messagesTo("hoa", 9)).toMatchObject([
      { state: "withheld", problem: "the person cannot or may not be told this way" },
    ]);
  });

  test("in their language and at their address, which stands nowhere in the alerts' file", () => {
    const village = createVillage({ policy: { tellFirst: { critical: ["admin"] } } });
    village.measures(2, lowOxygen);
    expect(village.next("sms")).toMatchObject({
      recipient: { personId: "lan", language: "en", address: "+84912345675" },
      acknowledge: { code: 1, url: expect.stringMatching(/^https:\/\/canhdong\.example\.vn\/a\/[\w-]{18}$/) },
      optOutUrl: expect.stringMatching(/\/h\/[\w-]{18}$/),
    });
  });

  test("by all the ways that they chose when it is critical, by the first otherwise; nobody is called to hear it is over", () => {
    const village = createVillage();
    for (const medium of ["voice", "email"] as const) village.agrees("hoa", medium);
    const media = { critical: ["voice", "sms"], warning: ["email", "sms"] } as const;
    village.registry.updatePerson("hoa", { telling: { media, digestAt: null } }, 2);
    village.agrees("minh", "sms", false);
    village.measures(2, lowOxygen);
    expect(village.told()).toEqual(["sms hoa: fired oxygen", "calls hoa: fired oxygen"]);
    village.measures(5, lowOxygen);
    expect(village.told()).toEqual(["sms hoa: resolved oxygen"]);
    village.measures(20);
    expect(village.told()).toEqual(["mail hoa: fired dry"]);
  });

  test("who wants to hear nothing of a severity is not told of it; then the next are", () => {
    const village = createVillage();
    village.registry.updatePerson("hoa", { telling: { media: { warning: [] }, digestAt: null } }, 2);
    village.measures(20);
    expect(village.told()).toEqual(["sms minh: fired dry"]);
  });
});

describe("when a channel gives up", () => {
  /** Takes what is due on a channel and gives it up. @returns how many */
  function givesUp(village: ReturnType<typeof createVillage>, notifier: string): number {
    const { watch, clock } = village.field;
    const claims = watch.outbox.claim(notifier, 100, clock.nowMs);
    const failed = { outcome: "failed", detail: "recipient-gone: the number is not in use" } as const;
    for (const claim of claims) watch.outbox.settle(claim, { atMs: clock.nowMs, tookMs: 0 }, failed);
    return claims.length;
  }
  /** It cannot go now, and is to be tried again so many minutes later. */
  function fails(village: ReturnType<typeof createVillage>, notifier: string, minutes: number): number {
    const { watch, clock } = village.field;
    const claims = watch.outbox.claim(notifier, 100, clock.nowMs);
    const again = {
      outcome: "again",
      detail: "unavailable",
      nextTryAtMs: clock.nowMs + minutes * minute,
    } as const;
    for (const claim of claims) watch.outbox.settle(claim, { atMs: clock.nowMs, tookMs: 0 }, again);
    return claims.length;
  }
  const withMail = (options: Parameters<typeof createVillage>[0] = {}) => {
    const village = createVillage(options);
    village.agrees("hoa", "email");
    return village;
  };

  test("the person is told by their next way, once, also over a crash", () => {
    const village = withMail();
    village.measures(20);
    expect(givesUp(village, "sms")).toBe(1);
    village.dies();
    expect(village.told()).toEqual(["mail hoa: fired dry"]);
    village.passes(60);
    expect(village.told()).toEqual([]);
  });

  test("when all of their ways have failed nothing more is tried, and the next person is told in time", () => {
    const village = withMail();
    village.measures(20);
    givesUp(village, "sms");
    expect(givesUp(village, "mail")).toBe(1);
    expect(village.told()).toEqual([]);
    village.passes(4 * 60);
    expect(village.told()).toEqual(["sms minh: escalated dry"]);
  });

  test("of the end they hear by the way that works, and only if they heard of the beginning", () => {
    const village = withMail();
    village.measures(20);
    givesUp(village, "sms");
    expect(village.told("mail")).toEqual(["mail hoa: fired dry"]);
    village.measures(30);
    givesUp(village, "sms");
    expect(village.told("mail")).toEqual(["mail hoa: resolved dry"]);
    village.measures(20);
    givesUp(village, "sms");
    givesUp(village, "mail");
    village.measures(30);
    givesUp(village, "sms");
    expect(village.next("mail")?.event).not.toBe("fired");
  });

  test("a way that keeps failing is joined by the next after its time, and the first to get through calls the other off", () => {
    const village = withMail();
    village.measures(20);
    expect(fails(village, "sms", 14)).toBe(1);
    expect(village.told("mail")).toEqual([]);
    village.passes(14);
    expect(fails(village, "sms", 14)).toBe(1);
    village.dies();
    expect(village.told("mail")).toEqual(["mail hoa: fired dry"]);
    village.passes(60);
    expect(village.told()).toEqual([]);
    village.measures(30);
    expect(village.told()).toEqual(["mail hoa: resolved dry"]);
  });

  test("a way that comes back first leaves the other with nothing to tell", () => {
    const village = withMail();
    village.measures(20);
    fails(village, "sms", 16);
    expect(fails(village, "mail", 30)).toBe(1);
    village.passes(16);
    expect(village.told("sms")).toEqual(["sms hoa: fired dry"]);
    village.passes(60);
    expect(village.told()).toEqual([]);
    village.measures(30);
    expect(village.told()).toEqual(["sms hoa: resolved dry"]);
  });

  test("what waited for the end of the night has its time from the first attempt on", () => {
    const village = withMail({ startMs: night });
    village.measures(20);
    village.passes(7 * 60 + 1);
    expect(fails(village, "sms", 10)).toBe(1);
    expect(village.told("mail")).toEqual([]);
    village.passes(10);
    fails(village, "sms", 10);
    expect(village.told("mail")).toEqual(["mail hoa: fired dry"]);
  });

  test("how long that is, is configured by severity", () => {
    const village = withMail({ policy: { otherWayAfterMinutes: { warning: 60 } } });
    village.measures(20);
    fails(village, "sms", 59);
    expect(village.told("mail")).toEqual([]);
    village.passes(59);
    fails(village, "sms", 2);
    expect(village.told("mail")).toEqual(["mail hoa: fired dry"]);
  });

  test("what somebody has taken on meanwhile is not told by another way", () => {
    const village = withMail();
    village.measures(20);
    const { watch, clock } = village.field;
    const [claim] = watch.outbox.claim("sms", 1, clock.nowMs);
    watch.acknowledge(claim!.alert.id, "minh", clock.nowMs);
    const failed = { outcome: "failed", detail: "rejected" } as const;
    watch.outbox.settle(claim!, { atMs: clock.nowMs, tookMs: 0 }, failed);
    expect(village.told()).toEqual([]);
  });

  test("whoever takes back one consent before the message goes is told by the other", () => {
    const village = withMail();
    village.measures(20);
    village.agrees("hoa", "sms", false);
    expect(village.told()).toEqual(["mail hoa: fired dry"]);
  });

  test("of what is critical they hear by all ways at once; one that fails calls for no other", () => {
    const village = withMail();
    village.measures(2, lowOxygen);
    givesUp(village, "sms");
    expect(village.told("mail")).toEqual(["mail hoa: fired oxygen"]);
    expect(village.told()).toEqual([]);
  });
});

describe("while nobody acknowledges", () => {
  test("what is critical goes to the administrator after a quarter of an hour", () => {
    const village = createVillage();
    village.measures(2, lowOxygen);
    village.told();
    village.passes(14);
    expect(village.told()).toEqual([]);
    village.passes(1);
    expect(village.told()).toEqual(["sms lan: escalated oxygen"]);
  });

  test("each tier has its time, and is told of the end only if it was told before", () => {
    const village = createVillage();
    village.measures(20);
    village.told();
    village.passes(4 * 60);
    expect(village.told()).toEqual(["sms minh: escalated dry"]);
    village.measures(30);
    expect(village.told()).toEqual(["sms hoa: resolved dry", "sms minh: resolved dry"]);
    village.passes(12 * 60);
    expect(village.told()).toEqual([]);
  });

  test("an acknowledgement calls the others off, also over a crash", () => {
    const village = createVillage();
    village.measures(2, lowOxygen);
    village.told();
    const { id } = village.field.heard[0]!;
    village.field.watch.acknowledge(id, "hoa", village.field.clock.nowMs);
    village.dies();
    village.passes(60);
    expect(village.told()).toEqual([]);
  });

  test("a snooze calls all off until it ends, and then it begins anew", () => {
    const village = createVillage();
    village.measures(2, lowOxygen);
    village.told();
    const { id } = village.field.heard[0]!;
    village.field.watch.snooze(id, "hoa", noon + hour, village.field.clock.nowMs);
    village.passes(59);
    expect(village.told()).toEqual([]);
    village.dies();
    village.passes(1);
    expect(village.told()).toEqual(["sms hoa: fired oxygen", "sms minh: fired oxygen"]);
    village.passes(15);
    expect(village.told()).toEqual(["sms lan: escalated oxygen"]);
  });
});

describe("at night", () => {
  test("what can wait comes in the morning, as one message; what is critical comes at once", () => {
    const village = createVillage({ startMs: night });
    village.measures(20);
    village.measures(20, { device: "n2" });
    village.registry.updatePerson("hoa", { places: ["p1", "p2"] }, 2);
    village.passes(10);
    village.measures(30);
    village.measures(20);
    village.measures(2, lowOxygen);
    expect(village.told()).toEqual(["sms hoa: fired oxygen", "sms minh: fired oxygen"]);
    village.passes(6 * 60 - 11);
    expect(village.told("calls", "mail")).toEqual([]);
    village.passes(1);
    expect(village.told("sms")).toEqual([
      "sms lan: escalated oxygen",
      "sms binh: fired dry",
      "sms hoa: digest of 2",
    ]);
  });

  test("what was over before the morning is told once, as over", () => {
    const village = createVillage({ startMs: night });
    village.measures(20);
    village.passes(60);
    village.measures(30);
    village.passes(5 * 60);
    expect(village.told()).toEqual(["sms hoa: resolved dry"]);
  });

  test("who wants to be told at any hour is", () => {
    const village = createVillage({ startMs: night });
    const telling = { media: {}, quietHours: null, digestAt: null };
    village.registry.updatePerson("hoa", { telling }, 2);
    village.measures(20);
    expect(village.told()).toEqual(["sms hoa: fired dry"]);
  });
});

test("a daily digest is for whoever has agreed to one, at their time", () => {
  const village = createVillage();
  const telling = { media: {}, digestAt: "18:30" };
  for (const id of ["hoa", "binh"]) village.registry.updatePerson(id, { telling }, 2);
  village.agrees("hoa", "sms", true, "digest");
  village.measures(20);
  village.measures(20, { device: "n2" });
  expect(village.told()).toEqual(["sms binh: fired dry"]);
  village.measures(30);
  village.measures(20);
  village.passes(6 * 60 + 29);
  expect(village.told("sms").filter((line) => line.includes("hoa"))).toEqual([]);
  village.passes(1);
  expect(village.told("sms").filter((line) => line.includes("hoa"))).toEqual(["sms hoa: digest of 2"]);
});

describe("enough is enough", () => {
  const policy = { limits: { perHour: 2, perDay: 3, criticalPerHour: 3 } };
  /** Dry and wet again: two messages. */
  const once = (village: ReturnType<typeof createVillage>) => {
    village.measures(20);
    const dry = village.told("sms");
    village.passes(1);
    village.measures(30);
    return [...dry, ...village.told("sms")];
  };

  test("what is above the hour's limit comes as one message when the hour is over", () => {
    const village = createVillage({ policy });
    expect(once(village)).toHaveLength(2);
    village.passes(20);
    expect(once(village)).toEqual([]);
    village.measures(20);
    expect(village.told("sms")).toEqual([]);
    village.passes(39);
    expect(village.told("sms")).toEqual(["sms hoa: digest of 2"]);
  });

  test("what is above the day's limit comes the next morning", () => {
    const village = createVillage({ policy });
    once(village);
    village.passes(120);
    expect(once(village)).toEqual(["sms hoa: fired dry"]);
    village.passes(9 * 60);
    expect(village.told("sms").filter((line) => line.includes("hoa"))).toEqual([]);
    village.passes(8 * 60);
    expect(village.told("sms")).toContain("sms hoa: resolved dry");
  });

  test("what is critical has a limit of its own, and above it nothing is lost", () => {
    const village = createVillage({ policy });
    const lines: string[] = [];
    for (let at = 0; at < 4; at++) {
      village.measures(2, lowOxygen);
      lines.push(...village.told("sms"));
      village.passes(20);
      village.measures(5, lowOxygen);
      lines.push(...village.told("sms"));
    }
    expect(lines.filter((line) => line.startsWith("sms hoa")).length).toBeGreaterThanOrEqual(5);
    village.passes(60);
    lines.push(...village.told("sms"));
    expect(lines.findLast((line) => line.startsWith("sms hoa"))).toBe("sms hoa: resolved oxygen");
  });
});

test("a storm of news after an outage is one message to a person", () => {
  const village = createVillage();
  village.registry.updatePerson("hoa", { places: ["p1", "p2"] }, 2);
  village.measures(20);
  village.measures(20, { device: "n2" });
  expect(village.told("sms")).toEqual(["sms hoa: digest of 2", "sms binh: fired dry"]);
});

test("a digest that the crash took is sent again under the same id, with the same alerts", () => {
  const village = createVillage();
  village.registry.updatePerson("hoa", { places: ["p1", "p2"] }, 2);
  village.registry.updatePerson("binh", { places: [] }, 2);
  village.measures(20);
  village.measures(20, { device: "n2" });
  const first = village.next("sms")!;
  village.measures(2, lowOxygen);
  village.dies();
  const again = village.field.watch.outbox
    .claim("sms", 9, village.field.clock.nowMs)
    .find(({ digest }) => digest !== undefined)!;
  expect(again).toMatchObject({ id: first.id, attempts: 2 });
  expect(again.digest!.map(({ id }) => id)).toEqual(first.digest!.map(({ id }) => id));
});

test("the number by which somebody answers is not given to another alert for a day", () => {
  const village = createVillage({ policy: { limits: { perHour: 99, perDay: 99 } } });
  const code = () => village.next("sms")?.acknowledge?.code;
  village.measures(20);
  expect(code()).toBe(1);
  village.measures(30);
  village.passes(5);
  village.measures(20);
  expect(code()).toBe(2);
  village.measures(30);
  village.passes(25 * 60);
  village.told();
  village.measures(20);
  expect(code()).toBe(1);
});

test("the wait of an escalation begins in the morning for what waited for it", () => {
  const village = createVillage({ startMs: night });
  village.measures(20);
  village.passes(6 * 60);
  expect(village.told()).toEqual(["sms hoa: fired dry"]);
  village.passes(4 * 60 - 1);
  expect(village.told()).toEqual([]);
  village.passes(1);
  expect(village.told()).toEqual(["sms minh: escalated dry"]);
});
