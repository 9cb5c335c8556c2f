import { expect, test } from "vitest";
import { createLive, type EventStream, retryDelayMs } from "./live.ts";

/** The browser's part of a live stream, moved by hand: streams that open, fail and speak, and a clock of what is planned. */
function createStage() {
  const streams: { emit(name: string, data?: unknown): void; closed: boolean }[] = [];
  let planned: { delayMs: number; work: () => void } | null = null;
  const openStream = (): EventStream => {
    const listeners: [string, (event: { data?: unknown }) => void][] = [];
    const stream = {
      closed: false,
      emit(name: string, data?: unknown) {
        for (const [wanted, listener] of listeners)
          if (wanted === name) listener({ data: JSON.stringify(data) });
      },
    };
    streams.push(stream);
    return {
      addEventListener: (name, listener) => void listeners.push([name, listener]),
      close: () => {
        stream.closed = true;
      },
    };
  };
  const after = (delayMs: number, work: () => void) => {
    const plan = { delayMs, work };
    planned = plan;
    return () => {
      if (planned === plan) planned = null;
    };
  };
  const live = createLive({ openStream, after, random: () => 1 });
  return {
    live,
    streams,
    newest: () => streams.at(-1)!,
    planned: () => planned,
    passTime() {
      const { work } = planned!;
      planned = null;
      work();
    },
  };
}

test("events are handed on as they come", () => {
  const { live, newest } = createStage();
  const heard: unknown[] = [];
  live.onEvent((event) => heard.push(event));
  live.start();
  newest().emit("open");
  const event = { type: "device", device: "soil-01", connected: true, available: true };
  newest().emit("device", event);
  expect(live.connection.get()).toBe("live");
  expect(heard).toEqual([event]);
});

test("a lost connection is opened again, later each time, until it is back", () => {
  const { live, newest, streams, planned, passTime } = createStage();
  live.start();
  newest().emit("open");
  for (const delayMs of [1000, 2000, 4000]) {
    newest().emit("error");
    expect(live.connection.get()).toBe("retrying");
    expect(planned()?.delayMs).toBe(delayMs);
    passTime();
  }
  newest().emit("open");
  expect(live.connection.get()).toBe("live");
  newest().emit("error");
  expect(planned()?.delayMs).toBe(1000);
  expect(streams.slice(0, -1).every(({ closed }) => closed)).toBe(true);
});

test("a connection that says nothing for long is given up: a phone does not notice that its mast is gone", () => {
  const { live, newest, passTime, planned } = createStage();
  live.start();
  newest().emit("open");
  const quiet = planned()?.delayMs;
  passTime();
  expect(quiet).toBe(300_000);
  expect(live.connection.get()).toBe("retrying");
  expect(newest().closed).toBe(true);
});

test("an error of a stream that was already given up changes nothing", () => {
  const { live, streams, newest, passTime } = createStage();
  live.start();
  newest().emit("error");
  passTime();
  newest().emit("open");
  streams[0]!.emit("error");
  expect(live.connection.get()).toBe("live");
});

test("when the network is back nobody waits, and a live stream is left alone", () => {
  const { live, newest, streams, planned } = createStage();
  live.start();
  newest().emit("error");
  live.hurry();
  expect(streams).toHaveLength(2);
  expect(planned()).toBeNull();
  newest().emit("open");
  live.hurry();
  expect(streams).toHaveLength(2);
});

test("after the end nothing is planned and nothing is open", () => {
  const { live, newest, planned } = createStage();
  live.start();
  newest().emit("open");
  live.stop();
  expect(newest().closed).toBe(true);
  expect(planned()).toBeNull();
});

test("pages spread their returns over half the delay, which ends at half a minute", () => {
  expect(retryDelayMs(3, 0)).toBe(4000);
  expect(retryDelayMs(3, 1)).toBe(8000);
  expect(retryDelayMs(50, 1)).toBe(30_000);
});
