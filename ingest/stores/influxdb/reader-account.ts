import { createInfluxClient, type InfluxClient } from "./influx-client.ts";
import { InfluxError } from "./influx-error.ts";
import { identifier, text } from "./influxql.ts";
import type { InfluxSettings } from "./settings.ts";

/** What somebody reads the database with, who may do nothing else. */
export type ReaderAccount =
  | { readonly kind: "user"; readonly username: string; readonly password: string }
  | { readonly kind: "token"; readonly token: string };

export interface OpenedReading {
  readonly account: ReaderAccount;
  /** Nobody is asked for a password: the account keeps nobody out. */
  readonly isOpenToAll: boolean;
  /** Takes back what was given under this name before; to be called when the new account is where it is used. */
  retireOlder(): Promise<void>;
}

/**
 * Makes an account that may read this database (or bucket), and nothing else; a user of that name gets a new password. Our own account must be
 * an administrator's for it.
 *
 * @param reader its name, and the password that it gets where there are passwords (InfluxDB 1)
 * @throws InfluxError that says what would be right, without the password
 */
export async function openReading(
  settings: InfluxSettings,
  reader: { readonly name: string; readonly password: string },
  now: () => number,
): Promise<OpenedReading> {
  const client = createInfluxClient(settings, { now });
  try {
    return settings.api === "v1"
      ? await openForUser(client, settings, reader, now)
      : await openForToken(client, settings, reader.name);
  } catch (error) {
    if (!(error instanceof InfluxError)) throw error;
    throw new InfluxError(error.message.replaceAll(reader.password, "…"), { retryable: error.retryable });
  }
}

async function openForUser(
  client: InfluxClient,
  settings: InfluxSettings,
  { name, password }: { readonly name: string; readonly password: string },
  now: () => number,
): Promise<OpenedReading> {
  const { database } = settings;
  const users = (await client.ask("SHOW USERS")).flatMap(({ rows }) => rows);
  const known = users.find(([user]) => user === name);
  if (known?.[1] === true) throw refusal(`${name} is an administrator of InfluxDB: name another reader`);
  const user = identifier(name);
  if (known === undefined) await client.ask(`CREATE USER ${user} WITH PASSWORD ${text(password)}`);
  const grants = (await client.ask(`SHOW GRANTS FOR ${user}`)).flatMap(({ rows }) => rows);
  const other = grants.find(([of, privilege]) => of !== database && privilege !== "NO PRIVILEGES");
  if (other !== undefined)
    throw refusal(
      `${name} may use ${other[0]} as well: name another reader, or take it back (REVOKE ALL ON ${other[0]} FROM ${name})`,
    );
  if (known !== undefined) await client.ask(`SET PASSWORD FOR ${user} = ${text(password)}`);
  await client.ask(`GRANT READ ON ${identifier(database)} TO ${user}`);
  return {
    account: { kind: "user", username: name, password },
    isOpenToAll: await isOpenToAll(settings, now),
    // A user has one password: the new one.
    retireOlder: async () => {},
  };
}

function isOpenToAll(
  { username, password, ...settings }: InfluxSettings,
  now: () => number,
): Promise<boolean> {
  return createInfluxClient(settings, { now })
    .ask("SHOW DATABASES")
    .then(
      () => true,
      () => false,
    );
}

interface Authorization {
  readonly id: string;
  readonly token: string;
  readonly description?: string;
}

/** By the HTTP API of version 2. */
async function openForToken(
  client: InfluxClient,
  { database, organisation = "" }: InfluxSettings,
  name: string,
): Promise<OpenedReading> {
  const named = new URLSearchParams({ org: organisation, name: database });
  const { buckets = [] } = (await client.api("GET", `/api/v2/buckets?${named}`)) as {
    buckets?: { id: string; orgID: string }[];
  };
  const [bucket] = buckets;
  if (bucket === undefined) throw refusal(`There is no bucket ${database}: canhdong influx init`);
  const { id, orgID } = bucket;
  const description = `${name} reads ${database}`;
  const path = "/api/v2/authorizations";
  const { authorizations = [] } = (await client.api("GET", `${path}?${new URLSearchParams({ orgID })}`)) as {
    authorizations?: Authorization[];
  };
  const permissions = [{ action: "read", resource: { type: "buckets", id, orgID } }];
  const { token } = (await client.api("POST", path, { orgID, description, permissions })) as Authorization;
  return {
    account: { kind: "token", token },
    isOpenToAll: false,
    async retireOlder() {
      const older = authorizations.filter((one) => one.description === description);
      for (const one of older) await client.api("DELETE", `${path}/${one.id}`);
    },
  };
}

function refusal(message: string): InfluxError {
  return new InfluxError(message, { retryable: false });
}
