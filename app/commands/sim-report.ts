import type { FleetAccount, FrameRecord, LorawanAccount, TroubleRecord } from "../../firmware-sim/index.ts";
import { table } from "./table.ts";

type Row = [name: string, what: string];

/** One line of progress. */
export function fleetLine(account: FleetAccount, elapsedMs: number): string {
  const { devices, connected, asleep, sent, acknowledged, inFlight, buffered, simulatedMs, isLive } = account;
  const rate = Math.round((acknowledged / Math.max(1000, elapsedMs)) * 1000);
  const time = isLive ? "live" : localTime(simulatedMs);
  const own = `${devices} nodes, ${connected} connected, ${asleep} asleep  readings: ${sent} sent, ${acknowledged} acknowledged, ${inFlight} in flight, ${buffered} buffered  ${rate}/s`;
  return [time, ...(devices === 0 ? [] : [own]), ...lorawanLine(account.lorawan)].join("  ");
}

function lorawanLine(lorawan: LorawanAccount | null): string[] {
  if (lorawan === null) return [];
  const { devices, gateways, gatewaysOnline, sent, lost, acknowledged } = lorawan;
  return [
    `LoRaWAN: ${devices} nodes, ${gatewaysOnline} of ${gateways} gateways, frames: ${sent} sent, ${lost} lost, ${acknowledged} acknowledged`,
  ];
}

/** What a run came to, by what happened and by trouble. */
export function fleetReport(account: FleetAccount, elapsedMs: number): string {
  const { lorawan, devices } = account;
  return table([
    ["simulated until", localTime(account.simulatedMs)],
    ...(devices === 0 ? [] : ownRows(account, Math.max(1, elapsedMs / 1000))),
    ...(lorawan === null ? [] : lorawanRows(lorawan)),
  ]);
}

function ownRows(account: FleetAccount, seconds: number): Row[] {
  const open = account.inFlight + account.buffered;
  return [
    ["nodes", `${account.devices}, ${account.withoutNetwork} without network at the end`],
    ["measured", `${account.measured} readings`],
    ["acknowledged", `${account.acknowledged} (${Math.round(account.acknowledged / seconds)}/s)`],
    ["not acknowledged", `${open} (${account.inFlight} sent, ${account.buffered} in the nodes' flash)`],
    ["overwritten", `${account.dropped}`],
    ["uplinks", `${account.uplinks}, ${account.resent} sent again, ${account.reconnects} reconnects`],
    ["acknowledged after", latencyText(account)],
    ...rowsByKind(account.troubles, troubleText),
    ["commands done", `${account.commands}`],
    ["refused", `${account.refused} connections`],
  ];
}

function lorawanRows(account: LorawanAccount): Row[] {
  const { sent, lost, withheld, acknowledged, inFlight, buffered, overwritten } = account;
  return [
    ["LoRaWAN nodes", `${account.devices} behind ${account.gateways} gateways`],
    ["frames", `${sent} sent, ${lost} lost in the air, ${withheld} withheld by the duty cycle`],
    ["acknowledged", `${acknowledged} frames`],
    ["not acknowledged", `${inFlight + buffered} (${inFlight} sent, ${buffered} at the network server)`],
    ["overwritten", `${overwritten}`],
    ["duplicates", `${account.duplicates}, ${account.resent} sent again, ${account.reconnects} reconnects`],
    ...rowsByKind(account.troubles, framesText),
    ["commands", `${account.commands} taken, ${account.commandsHeard} heard by a node`],
    ["refused", `${account.refused} connections`],
  ];
}

/** Of those troubles that have struck a node. */
function rowsByKind<Record extends { readonly struck: number }>(
  records: Readonly<Partial<{ [kind: string]: Record }>>,
  textOf: (record: Record) => string,
): Row[] {
  return Object.entries(records).flatMap(([kind, record]) =>
    record === undefined || record.struck === 0 ? [] : [[`  ${kind}`, textOf(record)] satisfies Row],
  );
}

function latencyText({ latencyMs: { median, p99, longest } }: FleetAccount): string {
  return median === null ? "-" : `${median} ms median, ${p99} ms p99, ${longest} ms at most`;
}

function troubleText({ struck, acknowledged, longestMs }: TroubleRecord): string {
  const slowest = longestMs === null ? "" : `, the slowest after ${longestMs} ms`;
  return `struck ${struck} times; ${acknowledged} messages under way then were acknowledged${slowest}`;
}

function framesText({ struck, sent, lost, acknowledged, duplicates }: FrameRecord): string {
  return `struck ${struck} nodes; ${sent} frames sent then, ${lost} lost in the air, ${acknowledged} acknowledged, ${duplicates} duplicates`;
}

function localTime(ms: number): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Ho_Chi_Minh",
    dateStyle: "short",
    timeStyle: "medium",
  }).format(ms);
}
