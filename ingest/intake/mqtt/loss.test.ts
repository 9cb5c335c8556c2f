/**
 * Nothing that a QoS 1 publisher was told is lost between a real Mosquitto and a real journal, whoever is killed: the broker
 * under load, our process in mid-flow, the disk, one of two workers. The moments are drawn from a seeded generator
 * (SEED=42 repeats them; what is in flight then differs).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openSegmentJournal } from "../../journal/segments/open-segment-journal.ts";
import { readAll } from "../../journal/testing/numbered-uplinks.ts";
import { seededRandom } from "../../journal/testing/seeded-random.ts";
import type { Intake, UplinkSink } from "../intake.ts";
import { recordingSink } from "../testing/recording-sink.ts";
import { hasMosquitto, startMosquitto } from "./testing/mosquitto.ts";
import { connected, openTestIntake } from "./testing/open-test-intake.ts";
import { startPublishers } from "./testing/publishers.ts";

const seed = Number(process.env.SEED ?? 1);
const slow = 300_000;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-loss-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openJournal(folder: string) {
  const journal = await openSegmentJournal({ folder, segmentBytes: 65_536 });
  onTestFinished(() => journal.close());
  const sink: UplinkSink = { accept: (uplink, accepted) => journal.append(uplink, accepted) };
  const payloads = async () => (await readAll(journal)).map(({ payload }) => Buffer.from(payload).toString());
  return { journal, sink, payloads };
}

/** Everything that publishers were told is in what was taken; and of each publisher the first copies are in order. */
function expectNothingLost(taken: readonly string[], promised: ReadonlySet<string>): void {
  const there = new Set(taken);
  expect([...promised].filter((payload) => !there.has(payload))).toEqual([]);
  const byPublisher = Map.groupBy(there, (payload) => payload.split(" ")[0]);
  for (const payloads of byPublisher.values()) {
    const numbers = payloads.map((payload) => Number(payload.split(" ")[1]));
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  }
}

/** Connected for so long that it is not taken for a bad connection, after which it would wait longer and longer. */
async function steady(intake: Intake): Promise<void> {
  await connected(intake);
  const held = () => Date.now() - (intake.usage().connectedSinceMs ?? Date.now());
  await vi.waitFor(() => expect(held()).toBeGreaterThan(2_000), { timeout: 60_000, interval: 20 });
}

const untilTaken = (taken: () => Promise<readonly string[]>, promised: ReadonlySet<string>) =>
  vi.waitFor(
    async () => {
      const there = new Set(await taken());
      expect([...promised].filter((payload) => !there.has(payload))).toEqual([]);
    },
    { timeout: 120_000, interval: 250 },
  );

describe.skipIf(!hasMosquitto)("nothing that was acknowledged is lost", () => {
  /** The session has to be there before the first message is. */
  const beginSession = async (written: object) =>
    (await connected(openTestIntake(written, recordingSink()).intake)).close();

  test.each(["5", "3.1.1"])(
    "when Mosquitto is killed ten times under load, over MQTT %s",
    async (mqtt) => {
      const random = seededRandom(seed);
      const broker = await startMosquitto({ survives: true });
      const { sink, payloads } = await openJournal(await temporaryFolder());
      const { intake } = openTestIntake({ url: broker.url, mqtt }, sink);
      await connected(intake);
      const publishers = startPublishers(broker.url, 8);
      for (let kill = 0; kill < 10; kill++) {
        await publishers.untilMore(50 + Math.floor(random() * 300));
        await steady(intake);
        await broker.kill();
        await broker.start();
      }
      await publishers.untilMore(100);
      await publishers.stop();
      await untilTaken(payloads, publishers.promised);
      expectNothingLost(await payloads(), publishers.promised);
      expect(intake.usage().reconnects).toBeGreaterThanOrEqual(10);
      expect(intake.usage().sessionsLost).toBe(0);
    },
    slow,
  );

  test(
    "when our process is killed in mid-flow five times",
    async () => {
      const random = seededRandom(seed);
      const broker = await startMosquitto();
      await beginSession({ url: broker.url });
      const folder = await temporaryFolder();
      const publishers = startPublishers(broker.url, 8);
      for (let kill = 0; kill < 5; kill++) {
        const child = startChild(folder, { name: "test", url: broker.url, filters: ["farm/#"] });
        await child.untilReports(1 + Math.floor(random() * 10));
        await child.kill();
      }
      await publishers.stop();
      const { sink, payloads } = await openJournal(folder);
      openTestIntake({ url: broker.url }, sink);
      await untilTaken(payloads, publishers.promised);
      expectNothingLost(await payloads(), publishers.promised);
    },
    slow,
  );

  test(
    "when we are closed and opened again in mid-flow, and nothing comes twice either",
    async () => {
      const random = seededRandom(seed);
      const broker = await startMosquitto();
      await beginSession({ url: broker.url });
      const { sink, payloads } = await openJournal(await temporaryFolder());
      const publishers = startPublishers(broker.url, 8);
      for (let visit = 0; visit < 10; visit++) {
        const { intake } = openTestIntake({ url: broker.url }, sink);
        await connected(intake);
        await publishers.untilMore(20 + Math.floor(random() * 200));
        await intake.close();
      }
      await publishers.stop();
      openTestIntake({ url: broker.url }, sink);
      await untilTaken(payloads, publishers.promised);
      const taken = await payloads();
      expectNothingLost(taken, publishers.promised);
      expect(new Set(taken).size).toBe(taken.length);
    },
    slow,
  );

  test(
    "when the journal cannot write for a while, and nothing piles up here meanwhile",
    async () => {
      const broker = await startMosquitto();
      const { sink, payloads } = await openJournal(await temporaryFolder());
      let isFull = false;
      let mostUnacknowledged = 0;
      const { intake } = openTestIntake(
        { url: broker.url },
        {
          accept(uplink, accepted) {
            mostUnacknowledged = Math.max(mostUnacknowledged, intake.usage().unacknowledged);
            if (isFull) accepted(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
            else sink.accept(uplink, accepted);
          },
        },
      );
      await connected(intake);
      const publishers = startPublishers(broker.url, 8);
      for (let outage = 1; outage <= 3; outage++) {
        await publishers.untilMore(200);
        isFull = true;
        await vi.waitFor(() => expect(intake.usage().refused).toBeGreaterThanOrEqual(outage), {
          timeout: 45_000,
        });
        await publishers.untilMore(200);
        isFull = false;
        await vi.waitFor(() => expect(intake.usage().trouble).toBeNull(), { timeout: 45_000 });
      }
      await publishers.stop();
      await untilTaken(payloads, publishers.promised);
      expectNothingLost(await payloads(), publishers.promised);
      expect(mostUnacknowledged).toBeLessThanOrEqual(1000);
    },
    slow,
  );

  test.each(["5", "3.1.1"])(
    "when two workers share a subscription and one of them is away for a while, over MQTT %s",
    async (mqtt) => {
      const broker = await startMosquitto();
      const worker = (name: string) => ({ url: broker.url, mqtt, share: "ingest", clientId: name });
      const [one, other] = [recordingSink(), recordingSink()];
      const first = openTestIntake(worker("worker-1"), one).intake;
      await connected(first);
      await connected(openTestIntake(worker("worker-2"), other).intake);
      const publishers = startPublishers(broker.url, 8);
      await publishers.untilMore(500);
      one.answers = "later";
      await publishers.untilMore(100);
      const away = first.close();
      one.answer("no");
      await away;
      await publishers.untilMore(300);
      one.answers = "yes";
      await connected(openTestIntake(worker("worker-1"), one).intake);
      await publishers.untilMore(300);
      await publishers.stop();
      const together = async () => [...one.accepted, ...other.accepted];
      await untilTaken(together, publishers.promised);
      const others = new Set(other.accepted);
      expect(one.accepted.filter((payload) => others.has(payload))).toEqual([]);
      expect(one.accepted.length).toBeGreaterThan(0);
      expect(other.accepted.length).toBeGreaterThan(0);
    },
    slow,
  );
});

function startChild(folder: string, written: object) {
  const program = new URL("./testing/intake-child.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [program, folder, JSON.stringify(written)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let reports = 0;
  let complaint = "";
  child.stdout.on("data", (bytes: Buffer) => {
    reports += bytes.toString().split("\n").length - 1;
  });
  child.stderr.on("data", (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  return {
    untilReports: (count: number) =>
      vi.waitFor(() => expect(reports, complaint).toBeGreaterThanOrEqual(count), {
        timeout: 120_000,
        interval: 5,
      }),
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
