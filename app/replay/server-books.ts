import { type CommandContext, UserError } from "../commands/context.ts";
import { askLocalServer, localServer } from "../commands/local-server.ts";

/** What a server has made of what a device sent. */
export interface DeviceBooks {
  /** Readings measured in the span, of the quantities asked for. */
  readonly stored: number;
  /** Of the device, ever, by reason. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Of that, values measured in the span. */
  readonly quarantinedInSpan: Readonly<Record<string, number>>;
}

/** Of whom, and of what: the server also stores what it reckons from what was measured, which is in no file. */
export interface AskedDevice {
  readonly device: string;
  readonly quantities: readonly string[];
}

export interface ServerBooks {
  /** @param toMs exclusive */
  accountOf(
    devices: readonly AskedDevice[],
    fromMs: number,
    toMs: number,
  ): Promise<ReadonlyMap<string, DeviceBooks>>;
}

const devicesAtOnce = 50;

/** The books of the server that runs on this installation's data folder; null when none does. */
export function localBooks(context: CommandContext): ServerBooks | null {
  if (localServer(context) === null) return null;
  return {
    async accountOf(devices, fromMs, toMs) {
      const books = new Map<string, DeviceBooks>();
      for (let i = 0; i < devices.length; i += devicesAtOnce) {
        const some = devices.slice(i, i + devicesAtOnce);
        const stored = await storedOf(context, some, fromMs, toMs);
        for (const { device } of some) {
          books.set(device, {
            stored: stored.get(device) ?? 0,
            quarantined: await quarantinedOf(context, { device }),
            quarantinedInSpan: await quarantinedOf(context, {
              device,
              measuredFromMs: String(fromMs),
              measuredToMs: String(toMs),
            }),
          });
        }
      }
      return books;
    },
  };
}

async function storedOf(
  context: CommandContext,
  devices: readonly AskedDevice[],
  fromMs: number,
  toMs: number,
): Promise<ReadonlyMap<string, number>> {
  const stored = new Map<string, number>();
  for (const quantity of new Set(devices.flatMap(({ quantities }) => quantities))) {
    const query = new URLSearchParams({ fromMs: String(fromMs), toMs: String(toMs), quantity });
    for (const { device } of devices) query.append("device", device);
    const answer = await askLocalServer<{ devices: { device: string; readings: number }[] }>(
      context,
      `/completeness?${query}`,
    );
    for (const { device, readings } of answer.devices) {
      stored.set(device, (stored.get(device) ?? 0) + readings);
    }
  }
  return stored;
}

async function quarantinedOf(
  context: CommandContext,
  asked: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const query = new URLSearchParams({ ...asked, limit: "1" });
  const { byReason } = await askLocalServer<{ byReason?: Record<string, number> }>(
    context,
    `/quarantine?${query}`,
  );
  if (byReason === undefined) throw new UserError("The server's quarantine does not tell its counts.");
  return byReason;
}
