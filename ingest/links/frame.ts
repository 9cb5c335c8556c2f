import type { Decoded } from "../decode/decoded.ts";
import type { LinkReport } from "../decode/link-report.ts";

/** One uplink of a device on the air, with every gateway that heard it; or, without any, what the device said itself. */
export interface Frame {
  readonly device: string;
  /** When it was heard, as far as that is believed; else when it arrived. */
  readonly heardAtMs: number;
  readonly frameCounter: number | null;
  /** Best first. */
  readonly receptions: readonly Reception[];
  readonly spreadingFactor: number | null;
  readonly frequencyHz: number | null;
  readonly batteryPercent: number | null;
}

export interface Reception {
  readonly gateway: string;
  readonly rssi: number | null;
  readonly snr: number | null;
}

/** What a gateway tells of an outage comes late; what is older than that, or ahead of us, is a wrong clock. */
const oldestBelievedMs = 30 * 86_400_000;

/** The frames of one uplink: one for each device and counter that gateways reported in it. */
export function framesOf({ links = [], uplink }: Decoded): Frame[] {
  const groups = Map.groupBy(links, ({ device, frameCounter }) => `${device} ${frameCounter}`);
  return [...groups.values()].map((reports) => frameOf(reports, uplink.receivedAtMs));
}

function frameOf(reports: readonly LinkReport[], receivedAtMs: number): Frame {
  const { device, frameCounter, atMs } = reports[0]!;
  const isBelieved = atMs <= receivedAtMs && atMs >= receivedAtMs - oldestBelievedMs;
  return {
    device,
    frameCounter,
    heardAtMs: isBelieved ? Math.round(atMs) : receivedAtMs,
    receptions: receptionsOf(reports),
    spreadingFactor: firstKnown(reports, "spreadingFactor"),
    frequencyHz: firstKnown(reports, "frequencyHz"),
    batteryPercent: firstKnown(reports, "batteryPercent"),
  };
}

/** A gateway with two antennas reports twice. */
function receptionsOf(reports: readonly LinkReport[]): Reception[] {
  const heard = reports.flatMap(({ gateway, rssi, snr }) =>
    gateway === null ? [] : [{ gateway, rssi, snr }],
  );
  const best = heard.toSorted((one, other) => strengthOf(other) - strengthOf(one));
  const seen = new Set<string>();
  return best.filter(({ gateway }) => !seen.has(gateway) && seen.add(gateway));
}

const strengthOf = ({ rssi }: Reception) => rssi ?? Number.NEGATIVE_INFINITY;

function firstKnown(
  reports: readonly LinkReport[],
  name: "spreadingFactor" | "frequencyHz" | "batteryPercent",
): number | null {
  return reports.find((report) => report[name] !== null)?.[name] ?? null;
}
