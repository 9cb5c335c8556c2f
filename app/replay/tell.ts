import { table } from "../commands/table.ts";
import { type DeviceAccount, isComplete, quarantinedIn } from "./settle.ts";
import type { Survey } from "./survey.ts";

/** The account as a table: a line for each device, their sum, and what each quarantine was for. */
export function accountTable(accounts: readonly DeviceAccount[]): string {
  const heading = ["DEVICE", "IN FILE", "SENT", "ACKNOWLEDGED", "STORED", "QUARANTINED", "WHY"];
  const rows = accounts.map((account) => cells(account.device, [account]));
  return table([heading, ...rows, ...(accounts.length > 1 ? [cells("all", accounts)] : [])]);
}

/** What the numbers come to, in a sentence. */
export function verdict(accounts: readonly DeviceAccount[]): string {
  const sum = (of: (account: DeviceAccount) => number) => accounts.reduce((total, one) => total + of(one), 0);
  const [sent, acknowledged] = [sum(({ sent }) => sent), sum(({ acknowledged }) => acknowledged)];
  const repeated = sum((account) => account.repeated);
  if (acknowledged < sent) return `${sent - acknowledged} of ${sent} readings were not acknowledged.`;
  if (accounts.some(({ stored }) => stored === null)) {
    return "Everything sent was acknowledged. No server runs on this data folder, so what it stored is not known here.";
  }
  const missing = accounts.filter((account) => !isComplete(account));
  if (missing.length > 0) {
    return `Acknowledged, but neither stored nor in quarantine yet: ${missing.map(({ device }) => device).join(", ")}.`;
  }
  const twice = repeated === 0 ? "" : ` ${repeated} stand in the file more than once: stored once.`;
  return `Every reading sent is stored or in quarantine.${twice}`;
}

/** What of the file could not even be sent. */
export function unreadableText({ unreadable, rows }: Survey): string {
  if (unreadable.rows === 0) return "";
  const examples = unreadable.first.map(({ line, reason }) => `  line ${line}: ${reason}\n`).join("");
  const more = unreadable.rows > unreadable.first.length ? "  …\n" : "";
  return `${unreadable.rows} of ${rows} rows could not be read and are not sent:\n${examples}${more}`;
}

function cells(name: string, accounts: readonly DeviceAccount[]): string[] {
  const sum = (of: (account: DeviceAccount) => number) =>
    String(accounts.reduce((total, account) => total + of(account), 0));
  const isStoredKnown = accounts.every(({ stored }) => stored !== null);
  const reasons: Record<string, number> = {};
  for (const [reason, count] of accounts.flatMap(({ quarantined }) => Object.entries(quarantined))) {
    reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  return [
    name,
    sum(({ inFile }) => inFile),
    sum(({ sent }) => sent),
    sum(({ acknowledged }) => acknowledged),
    isStoredKnown ? sum(({ stored }) => stored ?? 0) : "?",
    isStoredKnown ? sum(quarantinedIn) : "?",
    Object.entries(reasons)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(", "),
  ];
}
