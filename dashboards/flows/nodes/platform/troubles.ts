/** What can be wrong between Node-RED and the platform, in the words of whoever looks at a node. */
export const troubles = {
  connecting: { vi: "đang kết nối", "en-US": "connecting" },
  "broker-away": { vi: "mất kết nối với broker", "en-US": "no connection to the broker" },
  "not-granted": { vi: "dịch vụ không có quyền nghe", "en-US": "the service has no right to hear" },
  "live-away": { vi: "không nhận được số đo", "en-US": "no live readings" },
  "not-found": { vi: "không hỏi được giá trị gần nhất của", "en-US": "the latest value cannot be had of" },
} as const;

export type TroubleKind = keyof typeof troubles;
export type Language = "vi" | "en-US";

export interface Trouble {
  readonly kind: TroubleKind;
  /** A filter, a device, or what the other side said. */
  readonly detail?: string;
}

export function inWords({ kind, detail }: Trouble, language: Language): string {
  const words = troubles[kind][language];
  return detail === undefined ? words : `${words}: ${detail}`;
}
