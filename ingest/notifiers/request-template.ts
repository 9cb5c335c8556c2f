import { z } from "zod";
import type { DeliveryRequest } from "./http-delivery.ts";
import { secret } from "./secret.ts";

/** What a request can be filled with. */
export const templateFields = [
  "phone",
  "phoneDigits",
  "phoneLocal",
  "text",
  "id",
  "language",
  "severity",
  "unicode",
  "parts",
] as const;
export type TemplateField = (typeof templateFields)[number];
export type TemplateFields = Readonly<Record<TemplateField, string>>;

const known = templateFields.map((field) => `{${field}}`).join(", ");

/** A text with placeholders, or a secret, in which none are looked for. */
const piece = z.union([
  z.string().superRefine((text, context) => {
    for (const [whole, name] of text.matchAll(/\{(\w+)\}/g))
      if (!(templateFields as readonly string[]).includes(name!))
        context.addIssue({ code: "custom", message: `${whole} is not a placeholder; there are ${known}` });
  }),
  secret.transform((value) => ({ secret: value })),
]);
type Piece = z.output<typeof piece>;

const pieces = z.record(z.string().min(1), piece).default({});

/** The settings of a gateway that is called by HTTP: what is sent, and by what its yes is known. */
export const requestTemplate = {
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(["GET", "POST", "PUT"]).default("POST"),
  query: pieces.describe("Goes behind the address."),
  headers: pieces,
  json: pieces.describe("Goes as a JSON object. Either this or `form`."),
  form: pieces.describe("Goes as a form."),
};

export interface RequestTemplate {
  readonly url: string;
  readonly method: string;
  readonly query: Readonly<Record<string, Piece>>;
  readonly headers: Readonly<Record<string, Piece>>;
  readonly json: Readonly<Record<string, Piece>>;
  readonly form: Readonly<Record<string, Piece>>;
}

/** Puts the fields in; a value can change neither the shape of a JSON object, nor a form, nor an address. */
export function filledRequest(
  { url, method, query, headers, json, form }: RequestTemplate,
  fields: TemplateFields,
): Pick<DeliveryRequest, "url" | "method" | "headers" | "body"> {
  const target = new URL(url);
  for (const [name, value] of Object.entries(filled(query, fields))) target.searchParams.append(name, value);
  const isForm = Object.keys(form).length > 0;
  const isJson = Object.keys(json).length > 0;
  return {
    url: target.href,
    method,
    headers: {
      ...(isForm ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
      ...(isJson ? { "Content-Type": "application/json; charset=utf-8" } : {}),
      ...filled(headers, fields, oneLine),
    },
    ...(isForm ? { body: new URLSearchParams(filled(form, fields)).toString() } : {}),
    ...(isJson ? { body: JSON.stringify(filled(json, fields)) } : {}),
  };
}

function filled(
  template: Readonly<Record<string, Piece>>,
  fields: TemplateFields,
  cleaned: (value: string) => string = (value) => value,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template).map(([name, text]) => [
      name,
      typeof text === "string"
        ? text.replace(/\{(\w+)\}/g, (_, field: string) => cleaned(fields[field as TemplateField]))
        : text.secret,
    ]),
  );
}

/** Header values are Latin-1 on one line. */
function oneLine(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, "?");
}
