import { describe, expect, test } from "vitest";
import type { Intake, UplinkSink } from "./intake.ts";
import { type RecordingSink, recordingSink } from "./testing/recording-sink.ts";

/** A far end that has nothing yet, and the intake that is to bring what it has. */
export interface IntakeBench {
  /** Name of the intake. */
  readonly name: string;
  /** A topic that it follows, with room for a number. */
  topic(number: number): string;
  /** Opens the intake, each time the same one; resolves when it is connected. */
  open(sink: UplinkSink): Promise<Intake>;
  /** Resolves when the far end has acknowledged all of it. */
  publish(messages: readonly { topic: string; payload: string | Buffer }[]): Promise<void>;
}

/** What every intake must hold. `stage` sets up a far end of its own, which goes with the test. */
export function intakeContract(stage: () => Promise<IntakeBench>): void {
  describe("the contract of an intake", () => {
    const texts = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => `message ${from + i}`);
    const publish = (bench: IntakeBench, payloads: readonly string[]) =>
      bench.publish(payloads.map((payload, number) => ({ topic: bench.topic(number % 7), payload })));
    const once = (payloads: readonly string[]) => [...new Set(payloads)];

    test("what is published is handed over as it was, under the intake's own device", async () => {
      const bench = await stage();
      const sink = recordingSink();
      const intake = await bench.open(sink);
      const payload = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      await bench.publish([
        { topic: bench.topic(1), payload },
        { topic: bench.topic(2), payload: "độ mặn 4‰" },
        { topic: bench.topic(3), payload: "" },
      ]);
      await sink.untilHanded(3);
      expect(
        sink.uplinks.map(({ device, topic, payload }) => [
          device,
          topic,
          Buffer.from(payload).toString("latin1"),
        ]),
      ).toEqual([
        [`intake:${bench.name}`, bench.topic(1), payload.toString("latin1")],
        [`intake:${bench.name}`, bench.topic(2), Buffer.from("độ mặn 4‰").toString("latin1")],
        [`intake:${bench.name}`, bench.topic(3), ""],
      ]);
      await intake.close();
    });

    test("what came while it was away is there when it comes back, and what was accepted does not come again", async () => {
      const bench = await stage();
      const before = recordingSink();
      const first = await bench.open(before);
      await publish(bench, texts(0, 50));
      await before.untilAccepted(texts(0, 50));
      await first.close();
      await publish(bench, texts(50, 100));
      const after = recordingSink();
      const second = await bench.open(after);
      await after.untilAccepted(texts(50, 100));
      expect(after.handed).toEqual(texts(50, 100));
      expect(before.handed).toEqual(texts(0, 50));
      await second.close();
    });

    test("what was handed over and not accepted comes again to whoever opens it next", async () => {
      const bench = await stage();
      const before = recordingSink();
      before.answers = "later";
      const first = await bench.open(before);
      await publish(bench, texts(0, 10));
      await before.untilHanded(10);
      for (let i = 0; i < 4; i++) before.answer("yes", 0);
      const closed = first.close();
      before.answer("no");
      await closed;
      const after = recordingSink();
      const second = await bench.open(after);
      await after.untilAccepted(texts(4, 10));
      // Its acknowledgements of the first four may have been on the way when it was cut: then these come again, too.
      expect(after.handed.filter((payload) => texts(4, 10).includes(payload))).toEqual(texts(4, 10));
      await second.close();
    });

    test("what the sink refuses comes again by itself, in order, until it is accepted", async () => {
      const bench = await stage();
      const sink = recordingSink();
      const intake = await bench.open(sink);
      sink.answers = "no";
      await publish(bench, texts(0, 30));
      await sink.untilHanded(2);
      expect(intake.usage().trouble).toMatch(/the disk is full/);
      sink.answers = "yes";
      await sink.untilAccepted(texts(0, 30));
      expect(once(sink.accepted)).toEqual(texts(0, 30));
      expect(intake.usage()).toMatchObject({ trouble: null, unacknowledged: 0 });
      expect(intake.usage().refused).toBeGreaterThan(0);
      await intake.close();
    });

    test("while the sink does not answer only so much is handed over; the rest follows when it does", async () => {
      const bench = await stage();
      const sink = recordingSink();
      sink.answers = "later";
      const intake = await bench.open(sink);
      await publish(bench, texts(0, 1500));
      await sink.untilHanded(1000);
      await publish(bench, texts(1500, 1600));
      expect(sink.handed.length).toBeLessThanOrEqual(1000);
      expect(intake.usage().unacknowledged).toBeLessThanOrEqual(1000);
      answerFromNowOn(sink);
      await sink.untilAccepted(texts(0, 1600));
      expect(sink.accepted).toEqual(texts(0, 1600));
      await intake.close();
    });

    test("once it is closed nothing is handed over any more, and closing again does nothing", async () => {
      const bench = await stage();
      const sink = recordingSink();
      const intake = await bench.open(sink);
      await publish(bench, texts(0, 3));
      await sink.untilAccepted(texts(0, 3));
      await intake.close();
      await publish(bench, texts(3, 6));
      await intake.close();
      expect(sink.handed).toEqual(texts(0, 3));
      expect(intake.usage().connectedSinceMs).toBeNull();
    });
  });
}

function answerFromNowOn(sink: RecordingSink): void {
  sink.answers = "yes";
  sink.answer("yes");
}
