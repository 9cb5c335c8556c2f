import type { InfluxClient } from "./influx-client.ts";
import { InfluxError } from "./influx-error.ts";

/** Carries out statements that delete. */
export type Delete = (statements: readonly string[]) => Promise<void>;

type Client = Pick<InfluxClient, "ask" | "write">;

const statementsAtOnce = 200;
/** A measurement of our own for trying things out. */
const probe = "canhdong_check";

/** Deletes, once it is sure that the server deletes nothing else. */
export function createDelete(client: Client, now: () => number): Delete {
  let isProven = false;
  return async (statements) => {
    if (statements.length === 0) return;
    if (!isProven) await proveDeletion(client, now());
    isProven = true;
    for (let at = 0; at < statements.length; at += statementsAtOnce)
      await client.ask(statements.slice(at, at + statementsAtOnce).join(";"));
  };
}

/**
 * An InfluxDB 1 with its older index (`inmem`, the default of 1.x) takes away a whole measurement when one of its series is emptied after another
 * was: seen with 1.6.7. The server cannot be asked for its index, so it is tried out, on a measurement of our own.
 *
 * @throws InfluxError when the server deletes more than it is told to, or does not give back what was written
 */
export async function proveDeletion(client: Client, nowMs: number): Promise<void> {
  const point = (part: number, ms: number) => `${probe},part=${part} ok=1 ${ms}`;
  const parts = async () => {
    const found = await client.ask(
      `SELECT "ok" FROM ${probe} WHERE time >= ${nowMs}ms AND time <= ${nowMs + 1}ms GROUP BY "part"`,
    );
    return found.map(({ tags }) => tags.part).join();
  };
  await writeProbe(client, [point(1, nowMs), point(2, nowMs), point(2, nowMs + 1)]);
  if ((await parts()) !== "1,2")
    throw new InfluxError(
      "InfluxDB took points and does not give them back: is the bucket what InfluxQL knows by this name (influx v1 dbrp)?",
      { retryable: false },
    );
  for (const part of [1, 2])
    await client.ask(`DELETE FROM ${probe} WHERE "part" = '${part}' AND time = ${nowMs}ms`);
  await writeProbe(client, [point(3, nowMs)]);
  await client.ask(`DELETE FROM ${probe} WHERE time = ${nowMs + 1}ms`);
  const left = await parts();
  await client.ask(`DELETE FROM ${probe} WHERE time <= ${nowMs + 1}ms`);
  if (left !== "3")
    throw new InfluxError(
      'InfluxDB deletes more than it is told to, so nothing is deleted: set index-version = "tsi1" in the section [data] of influxdb.conf, convert what is there (influx_inspect buildtsi), and start it again',
      { retryable: false },
    );
}

async function writeProbe(client: Client, lines: readonly string[]): Promise<void> {
  const written = await client.write(lines);
  if (written.outcome !== "stored")
    throw new InfluxError(`InfluxDB would not take a point: ${written.words}`, { retryable: false });
}
