import { z } from "zod";
import { DeliveryError } from "../alerts/index.ts";
import { type DeliveryAnswer, jsonOf, refusal } from "./http-delivery.ts";

const codes = z.array(z.union([z.string(), z.number()]).transform(String)).max(200);

/** How a gateway's answer is read. Many say 200 to everything, and what they mean inside. */
export const answerRules = z
  .strictObject({
    code: z
      .string()
      .min(1)
      .optional()
      .describe("Where in the JSON the outcome stands: `CodeResult`, `messages.0.status`."),
    success: codes.default([]).describe("Values of it that mean yes."),
    final: codes.default([]).describe("Values that mean no for ever."),
    gone: codes.default([]).describe("Values that mean that there is no such number."),
    matches: z
      .string()
      .min(1)
      .optional()
      .superRefine((pattern, context) => {
        if (pattern !== undefined && !isPattern(pattern))
          context.addIssue({ code: "custom", message: "is not a regular expression" });
      })
      .describe("Instead of `code`: what a text that means yes looks like."),
    reference: z.string().min(1).optional().describe("Where in the JSON the gateway's own id stands."),
  })
  .superRefine(({ code, success }, context) => {
    if ((code === undefined) !== (success.length === 0))
      context.addIssue({ code: "custom", path: ["success"], message: "`code` and `success` go together" });
  })
  .prefault({});
export type AnswerRules = z.output<typeof answerRules>;

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/**
 * @returns what the gateway says about the message that it has taken
 * @throws DeliveryError when it has not; a code that nobody has told us about may be tried again
 */
export function readAnswer(answer: DeliveryAnswer, rules: AnswerRules, nowMs: number): string {
  if (answer.status < 200 || answer.status >= 300) throw refusal(answer, nowMs);
  const json = jsonOf(answer.text);
  const reference = rules.reference === undefined ? undefined : at(json, rules.reference);
  const taken = `HTTP ${answer.status}${reference === undefined ? "" : `, ${reference}`}`;
  if (rules.matches !== undefined) {
    if (new RegExp(rules.matches).test(answer.text)) return taken;
    throw new DeliveryError("the answer does not say that it was taken", {
      failure: "unavailable",
      retryable: true,
    });
  }
  if (rules.code === undefined) return taken;
  const code = at(json, rules.code);
  if (code !== undefined && rules.success.includes(code)) return taken;
  throw refusedWith(code, rules);
}

function refusedWith(code: string | undefined, { final, gone }: AnswerRules): DeliveryError {
  const message = code === undefined ? "the answer holds no code" : `code ${code}`;
  if (code !== undefined && gone.includes(code))
    return new DeliveryError(message, { failure: "recipient-gone", retryable: false });
  if (code !== undefined && final.includes(code))
    return new DeliveryError(message, { failure: "rejected", retryable: false });
  return new DeliveryError(message, { failure: "unavailable", retryable: true });
}

/** The value at a path of names and numbers, as text. */
function at(json: unknown, path: string): string | undefined {
  const found = path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      json,
    );
  return ["string", "number", "boolean"].includes(typeof found) ? String(found) : undefined;
}
