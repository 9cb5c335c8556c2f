import { proveDeletion } from "./deletion.ts";
import { createInfluxClient, type InfluxClient } from "./influx-client.ts";
import { InfluxError } from "./influx-error.ts";
import { identifier } from "./influxql.ts";
import { countReadings } from "./queries.ts";
import type { InfluxSettings } from "./settings.ts";

/** What an InfluxDB says when it is tried out. */
export interface InfluxState {
  readonly version: string;
  readonly readings: number;
}

const dayMs = 86_400_000;
/** A week of readings a file: what is asked for is days to months. */
const shardDays = 7;

/**
 * Makes the database, or the bucket, if there is none; an existing one is kept, and gets this retention.
 *
 * @param keepDays null for ever
 * @throws InfluxError
 */
export async function initInflux(
  settings: InfluxSettings,
  keepDays: number | null,
  now: () => number,
): Promise<"made" | "changed"> {
  const client = createInfluxClient(settings, { now });
  return settings.api === "v1"
    ? initDatabase(client, settings, keepDays)
    : initBucket(client, settings, keepDays);
}

async function initDatabase(
  client: InfluxClient,
  { database }: InfluxSettings,
  keepDays: number | null,
): Promise<"made" | "changed"> {
  const name = identifier(database);
  const found = await client.ask("SHOW DATABASES");
  const wasThere = found.some(({ rows }) => rows.some(([one]) => one === database));
  const duration = keepDays === null ? "INF" : `${keepDays}d`;
  const shard = keepDays === null ? shardDays : Math.min(shardDays, keepDays);
  const policy = `DURATION ${duration} REPLICATION 1 SHARD DURATION ${shard}d`;
  await client.ask(
    wasThere
      ? `ALTER RETENTION POLICY "autogen" ON ${name} ${policy} DEFAULT`
      : `CREATE DATABASE ${name} WITH ${policy} NAME "autogen"`,
  );
  return wasThere ? "changed" : "made";
}

/** By the HTTP API: InfluxQL makes no buckets in version 2. */
async function initBucket(
  client: InfluxClient,
  { database, organisation = "" }: InfluxSettings,
  keepDays: number | null,
): Promise<"made" | "changed"> {
  const retentionRules =
    keepDays === null ? [] : [{ type: "expire", everySeconds: (keepDays * dayMs) / 1000 }];
  const named = new URLSearchParams({ org: organisation, name: database });
  const { buckets = [] } = (await client
    .api("GET", `/api/v2/buckets?${named}`)
    .catch(nothingWhenNotFound)) as { buckets?: { id: string }[] };
  if (buckets[0] !== undefined) {
    await client.api("PATCH", `/api/v2/buckets/${buckets[0].id}`, { retentionRules });
    return "changed";
  }
  const { orgs = [] } = (await client.api(
    "GET",
    `/api/v2/orgs?${new URLSearchParams({ org: organisation })}`,
  )) as {
    orgs?: { id: string }[];
  };
  if (orgs[0] === undefined)
    throw new InfluxError(
      `There is no organisation ${organisation} in this InfluxDB, or the token may not see it`,
      {
        retryable: false,
      },
    );
  await client.api("POST", "/api/v2/buckets", { orgID: orgs[0].id, name: database, retentionRules });
  return "made";
}

function nothingWhenNotFound(error: unknown): object {
  if (error instanceof InfluxError && error.status === 404) return {};
  throw error;
}

/**
 * Tries what the store needs: the server answers, a point can be written, read and deleted.
 *
 * @throws InfluxError that says what would be right
 */
export async function checkInflux(settings: InfluxSettings, now: () => number): Promise<InfluxState> {
  const client = createInfluxClient(settings, { now });
  const version = await client.ping();
  await proveDeletion(client, now());
  return { version, readings: await countReadings(client) };
}
