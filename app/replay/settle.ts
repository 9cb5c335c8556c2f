import { setTimeout as sleep } from "node:timers/promises";
import type { RejectionReason } from "../../ingest/decode/decoded.ts";
import { valueReasons } from "../../ingest/quarantine/value-identity.ts";
import type { DeviceTally } from "./publisher.ts";
import type { DeviceBooks, ServerBooks } from "./server-books.ts";
import type { DeviceSurvey } from "./survey.ts";

/** One line of the account at the end; all in readings. */
export interface DeviceAccount {
  readonly device: string;
  readonly inFile: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** In the store, over the file's span; null when no server could be asked. */
  readonly stored: number | null;
  /** In quarantine, by reason: refused values over the file's span, and what else was put there during this run. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** In the file more than once, so that fewer are stored than were sent. */
  readonly repeated: number;
}

export interface SettleParts {
  readonly books: ServerBooks;
  readonly devices: readonly DeviceSurvey[];
  readonly tally: ReadonlyMap<string, DeviceTally>;
  /** What was in quarantine before anything was sent. */
  readonly before: ReadonlyMap<string, DeviceBooks>;
  readonly now: () => number;
}

const askAgainMs = 300;
/** A server that has not gone on for so long will not. */
const longestStandstillMs = 15_000;

/** Acknowledged is on disk, not yet stored: asks until everything is accounted for, or nothing moves any more. */
export async function settled({ books, devices, tally, before, now }: SettleParts): Promise<DeviceAccount[]> {
  const fromMs = Math.min(...devices.map(({ firstMs }) => firstMs));
  const toMs = Math.max(...devices.map(({ lastMs }) => lastMs)) + 1;
  const isExact = devices.every(({ repeated }) => repeated === 0);
  let [seen, movedMs] = [-1, now()];
  for (;;) {
    const after = await books.accountOf(devices, fromMs, toMs);
    const accounts = devices.map((device) => accountOf(device, tally, before, after.get(device.device)!));
    const found = accounts.reduce((sum, account) => sum + accountedFor(account), 0);
    // Of what stands in the file twice nobody knows how much will be found: then it has to stand still as well.
    if (accounts.every(isComplete) && (isExact || found === seen)) return accounts;
    if (found !== seen) [seen, movedMs] = [found, now()];
    if (now() - movedMs > longestStandstillMs) return accounts;
    await sleep(askAgainMs);
  }
}

/** Whether everything that was acknowledged is in the store or in quarantine. */
export function isComplete(account: DeviceAccount): boolean {
  return account.stored === null || accountedFor(account) >= account.acknowledged - account.repeated;
}

export function accountOf(
  { device, readings, repeated }: DeviceSurvey,
  tally: ReadonlyMap<string, DeviceTally>,
  before: ReadonlyMap<string, DeviceBooks>,
  after: DeviceBooks | null,
): DeviceAccount {
  const { sent, acknowledged } = tally.get(device) ?? { sent: 0, acknowledged: 0 };
  const quarantined = after === null ? {} : quarantinedBy(after, before.get(device)?.quarantined ?? {});
  return {
    device,
    inFile: readings,
    sent,
    acknowledged,
    stored: after?.stored ?? null,
    quarantined,
    repeated,
  };
}

/** A value refused again is entered once, as a reading is stored once; whatever else cannot be read, each time. */
function quarantinedBy(
  { quarantined, quarantinedInSpan }: DeviceBooks,
  earlier: Readonly<Record<string, number>>,
): Record<string, number> {
  const counts = Object.entries(quarantined).map(([reason, count]) => {
    const isKnownAgain = valueReasons.has(reason as RejectionReason);
    return [
      reason,
      isKnownAgain ? (quarantinedInSpan[reason] ?? 0) : count - (earlier[reason] ?? 0),
    ] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

export function quarantinedIn({ quarantined }: DeviceAccount): number {
  return Object.values(quarantined).reduce((sum, count) => sum + count, 0);
}

function accountedFor(account: DeviceAccount): number {
  return (account.stored ?? 0) + quarantinedIn(account);
}
