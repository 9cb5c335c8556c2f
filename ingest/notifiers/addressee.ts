import { z } from "zod";
import { DeliveryError, type Notification } from "../alerts/index.ts";
import { type Language, languages } from "../rules/index.ts";

/** Where a notifier sends what is addressed to no person in particular. */
export interface FixedAddress {
  readonly to?: string | undefined;
  readonly language: Language;
}

/** The settings for that, the same for every channel that reaches persons. */
export const fixedAddress = {
  to: z.string().min(1).max(2000).optional().describe("Gets what is meant for no person in particular."),
  language: z.enum(languages).default("vi").describe("For that address; persons are told in their own."),
  timeoutMs: z.number().int().min(100).max(60_000).default(10_000).describe("For one message as a whole."),
};

/** @throws DeliveryError when nobody is named */
export function addresseeOf(
  { recipient }: Notification,
  { to, language }: FixedAddress,
): { address: string; language: Language } {
  if (recipient) return recipient;
  if (to !== undefined) return { address: to, language };
  throw new DeliveryError("the message is for no person, and the notifier has no `to`", {
    failure: "rejected",
    retryable: false,
  });
}
