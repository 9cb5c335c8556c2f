import type { Uplink } from "../../../devices/index.ts";
import type { Journal, JournaledUplink } from "../journal.ts";

/** Uplinks for tests: each can be told from all others, and compared with what was read back. */
export function numbered(number: number, receivedAtMs = 1_763_712_000_000 + number): Uplink {
  const device = `node-${number % 7}`;
  return {
    device,
    topic: `canhdong/v1/${device}/telemetry`,
    payload: Buffer.from(`{"ts":${receivedAtMs},"seq":${number},"values":{"soil.moisture":31.2}}`),
    receivedAtMs,
  };
}

/** The number of an uplink made by `numbered`. */
export function numberOf({ payload }: Uplink): number {
  return (JSON.parse(Buffer.from(payload).toString()) as { seq: number }).seq;
}

/** `numbered` for all numbers from `from` to before `to`. */
export function numberedFrom(from: number, to: number): Uplink[] {
  return numbers(from, to).map((number) => numbered(number));
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** An uplink as it must come back, whatever kind of byte array carries its payload. */
export function plain({ device, topic, payload, receivedAtMs }: Uplink): object {
  return { device, topic, payload: Buffer.from(payload).toString("latin1"), receivedAtMs };
}

/** Appends one uplink; resolves when it is on disk, rejects with what kept it off. */
export function appendOne(journal: Journal, uplink: Uplink): Promise<void> {
  return new Promise((resolve, reject) =>
    journal.append(uplink, (error) => (error ? reject(error) : resolve())),
  );
}

/** Appends uplinks that may share a commit. */
export async function appendAll(journal: Journal, uplinks: readonly Uplink[]): Promise<void> {
  await Promise.all(uplinks.map((uplink) => appendOne(journal, uplink)));
}

/** Everything that a reader gets from `from` on, in bites of `most`. */
export async function readAll(
  journal: Pick<Journal, "read">,
  from = 0,
  most = 1000,
): Promise<JournaledUplink[]> {
  const all: JournaledUplink[] = [];
  for (let position = from; ; ) {
    const { uplinks, next } = await journal.read(position, most);
    if (next === position) return all;
    all.push(...uplinks);
    position = next;
  }
}
