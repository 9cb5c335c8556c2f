import { describe, expect, test } from "vitest";
import { noon } from "../alerts/test-field.ts";
import { createReplies } from "./take-reply.ts";
import { channels, createVillage } from "./test-village.ts";

const lowOxygen = { quantity: "water.dissolvedOxygen" };

function withReplies() {
  const village = createVillage();
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const { registry, field } = village;
  const watch: Parameters<typeof createReplies>[0]["watch"] = {
    outbox: { answered: (person, code) => field.watch.outbox.answered(person, code) },
    acknowledge: (id, by, nowMs) => field.watch.acknowledge(id, by, nowMs),
  };
  const replies = createReplies({ registry, watch, channels, log: { info: note, warn: note, error: note } });
  return {
    ...village,
    logged,
    answers: (text: string, address = "0912345671", channel = "sms") =>
      replies({ channel, address, text, atMs: field.clock.nowMs }),
    states: () =>
      field.watch
        .alerts({ state: "open", limit: 9 })
        .map(({ rule, state, acknowledgedBy }) => `${rule} ${state} ${acknowledgedBy ?? "-"}`)
        .sort(),
  };
}

describe("an answer", () => {
  test("with a number acknowledges the alert of this number, and calls the escalation off", async () => {
    const village = withReplies();
    village.measures(20);
    village.measures(2, lowOxygen);
    village.told();
    await village.answers("ok 2");
    expect(village.states()).toEqual(["dry firing -", "oxygen acknowledged hoa"]);
    village.passes(60);
    expect(village.told().filter((line) => line.includes("oxygen"))).toEqual([]);
  });

  test("without one means the alert told last", async () => {
    const village = withReplies();
    village.measures(2, lowOxygen);
    village.told();
    village.measures(20);
    village.told();
    await village.answers("Đã biết.");
    expect(village.states()).toEqual(["dry acknowledged hoa", "oxygen firing -"]);
  });

  test("twice is worth one", async () => {
    const village = withReplies();
    village.measures(20);
    village.told();
    await village.answers("OK 1");
    await village.answers("OK 1");
    const [alert] = village.field.watch.alerts({ state: "open", limit: 9 });
    expect(village.field.watch.history(alert!.id).map(({ what }) => what)).toEqual(["fired", "acknowledged"]);
  });

  test("from nobody's number, about nobody's alert, or in no words we know changes nothing and is not logged as it is", async () => {
    const village = withReplies();
    village.measures(20);
    village.told();
    await village.answers("OK 1", "0999999999");
    await village.answers("OK 7");
    await village.answers("Bao giờ có người xuống?");
    await village.answers("OK 1", "0912345671", "pigeon");
    expect(village.states()).toEqual(["dry firing -"]);
    expect(village.logged).toHaveLength(4);
    expect(village.logged.join()).not.toMatch(/999999|912345|xuống/);
  });

  test("from a telephone that a family shares means whoever of them was told", async () => {
    const village = withReplies();
    village.registry.updatePerson("binh", { phone: "0912345671" }, 2);
    village.measures(20);
    village.told();
    await village.answers("3");
    expect(village.states()).toEqual(["dry firing -"]);
    await village.answers("1");
    expect(village.states()).toEqual(["dry acknowledged hoa"]);
  });
});

describe("HUY", () => {
  test("counts at once, for messages that wait as well, and ends the calls too", async () => {
    const village = withReplies();
    village.agrees("hoa", "voice");
    village.agrees("hoa", "sms", true, "digest");
    village.measures(2, lowOxygen);
    await village.answers("Huỷ");
    expect(village.told()).toEqual(["sms minh: fired oxygen"]);
    const said = village.registry.consentsOf("hoa").filter(({ given }) => !given);
    expect(said.map(({ purpose, medium }) => `${purpose} ${medium}`).sort()).toEqual([
      "alerts sms",
      "alerts voice",
      "digest sms",
    ]);
    expect(said[0]).toMatchObject({ who: "hoa", how: "reply by sms", atMs: noon + 1000 });
  });

  test("leaves what goes to another address, and is written down once", async () => {
    const village = withReplies();
    village.agrees("hoa", "email");
    await village.answers("STOP");
    await village.answers("stop");
    expect(village.registry.consents("hoa", "alerts", "email")).toBe(true);
    expect(village.registry.consentsOf("hoa").filter(({ given }) => !given)).toHaveLength(1);
    village.measures(20);
    expect(village.told()).toEqual(["mail hoa: fired dry"]);
  });
});
