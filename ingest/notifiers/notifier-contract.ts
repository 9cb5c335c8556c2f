import { expect, test } from "vitest";
import { DeliveryError, type Notifier } from "../alerts/index.ts";
import { lowOxygen, notificationOf } from "./test-alerts.ts";

/** A notifier and the far end it talks to, which answers as the name says. */
export interface NotifierBench {
  readonly notifier: Notifier;
  /** Identities of the messages that the far end has taken, in order. */
  taken(): readonly string[];
  /** Where a notifier that tells persons has sent them, written as in `Recipient.address`; absent for the others. */
  addresses?(): readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * What every notifier must do: say whether a failed delivery may be tried again, end within its own time, and give the
 * same message the same identity in every attempt.
 *
 * @param open a notifier whose far end takes messages, refuses them for now, or cannot be reached
 * @param identity how the far end sees the identity of a notification; null where the medium has none
 * @param people addresses of two persons, for a notifier that tells persons
 */
export function notifierContract(
  open: (farEnd: "takes" | "refuses for now" | "unreachable") => Promise<NotifierBench>,
  identity: ((notification: string) => string) | null,
  people?: readonly string[],
): void {
  const notification = notificationOf(lowOxygen());

  test("keeps its contract: a delivered message has been taken, and keeps its identity when sent again", async () => {
    const bench = await open("takes");
    try {
      await expect(bench.notifier.deliver(notification)).resolves.toEqual(expect.any(String));
      expect(bench.taken()).toHaveLength(1);
      await bench.notifier.deliver(notification);
      expect(bench.taken()).toHaveLength(2);
      if (identity) expect(bench.taken()).toEqual([identity(notification.id), identity(notification.id)]);
    } finally {
      await bench.close();
    }
  });

  test.each(["refuses for now", "unreachable"] as const)(
    "keeps its contract: a far end that %s is an error that may be tried again",
    async (farEnd) => {
      const bench = await open(farEnd);
      try {
        const error = await bench.notifier.deliver(notification).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(DeliveryError);
        expect(error).toMatchObject({ retryable: true });
        expect(bench.taken()).toEqual([]);
      } finally {
        await bench.close();
      }
    },
  );

  test("keeps its contract: who tells persons tells each one at their own address", async () => {
    const bench = await open("takes");
    try {
      expect(bench.notifier.reaches === undefined).toBe(bench.addresses === undefined);
      if (!bench.addresses || !people) return;
      for (const [index, address] of people.entries())
        await bench.notifier.deliver({
          ...notification,
          id: `${notification.id}.${index}`,
          recipient: { personId: `person-${index}`, language: "vi", address },
        });
      expect(bench.addresses()).toEqual(people);
    } finally {
      await bench.close();
    }
  });
}
