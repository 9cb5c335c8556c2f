import type { Consent, Person } from "../src/data/people.ts";

/** Farmers of a village and what they agreed to, as the server tells it: addresses are masked. */
export function villagers(nowMs: number): {
  readonly people: Person[];
  readonly ledger: Map<string, Consent[]>;
} {
  const said = (medium: Consent["medium"], given: boolean, daysAgo: number): Consent => ({
    ...{ purpose: "alerts", medium, given, who: "canbo" },
    how: given ? "phiếu số 12 có chữ ký" : "nhắn HUY",
    textVersion: given ? "2026-11" : "-",
    atMs: nowMs - daysAgo * 86_400_000,
  });
  const usual = { role: "farmer", language: "vi", communes: [], addedAtMs: nowMs - 9e9 } as const;
  const people: Person[] = [
    {
      ...usual,
      id: "hoa",
      name: "Nguyễn Thị Hoa",
      addresses: [{ kind: "phone", masked: "+84••••••678" }],
      places: ["dong-nam"],
      telling: { media: {}, digestAt: null },
      consents: [{ purpose: "alerts", medium: "sms" }],
    },
    {
      ...usual,
      id: "bay",
      name: "Trần Văn Bảy",
      addresses: [],
      places: ["ao-tom", "ao-ca"],
      telling: { media: {}, quietHours: { from: "21:00", to: "05:00" }, digestAt: "06:30" },
      consents: [],
    },
  ];
  const ledger = new Map([
    ["hoa", [said("voice", true, 40), said("voice", false, 20), said("sms", true, 3)]],
    ["bay", []],
  ]);
  return { people, ledger };
}
