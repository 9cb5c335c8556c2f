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

/** Nothing that a gateway's JSON could hold by itself is taken for a secret. */
const held = Symbol("secret");
interface HeldSecret {
  readonly [held]: string;
}

/** A text with placeholders, or a secret, in which none are looked for. */
type Piece = string | HeldSecret;
/** JSON of any depth, with such pieces in the places of texts. */
type Tree = Piece | number | boolean | null | readonly Tree[] | { readonly [name: string]: Tree };

/** Tells what is wrong, and where within the value. */
type Complain = (path: readonly (string | number)[], message: string) => void;

const piece = z.unknown().transform((written, context): Piece => {
  const complain = complainIn(context);
  if (typeof written === "string" || isSecretName(written)) return readPiece(written, [], complain);
  complain([], "must be a text, or a secret as `{ env: NAME }` or `{ file: path }`");
  return "";
});
const pieces = z.record(z.string().min(1), piece).default({});
const tree = z.unknown().transform((written, context): Tree => readTree(written, [], complainIn(context)));

function complainIn(context: z.RefinementCtx): Complain {
  return (path, message) => context.addIssue({ code: "custom", path: [...path], message });
}

function readTree(written: unknown, path: readonly (string | number)[], complain: Complain): Tree {
  if (typeof written === "string" || isSecretName(written)) return readPiece(written, path, complain);
  if (typeof written !== "object" || written === null) return written as number | boolean | null;
  if (Array.isArray(written)) return written.map((each, index) => readTree(each, [...path, index], complain));
  return Object.fromEntries(
    Object.entries(written).map(([name, each]) => [name, readTree(each, [...path, name], complain)]),
  );
}

function readPiece(written: string | object, path: readonly (string | number)[], complain: Complain): Piece {
  if (typeof written === "string") {
    for (const [whole, name] of written.matchAll(/\{(\w+)\}/g))
      if (!(templateFields as readonly string[]).includes(name!))
        complain(path, `${whole} is not a placeholder; there are ${known}`);
    return written;
  }
  const read = secret.safeParse(written);
  for (const { message } of read.error?.issues ?? []) complain(path, message);
  return { [held]: read.data ?? "" };
}

/** An object of one key that names a secret; a gateway's own objects have more keys, or others. */
function isSecretName(written: unknown): written is object {
  if (typeof written !== "object" || written === null) return false;
  const [[key, value] = [], ...others] = Object.entries(written);
  return others.length === 0 && typeof value === "string" && ["env", "file", "plain"].includes(key ?? "");
}

/** The settings of a gateway that is called by HTTP: what is sent, and by what its yes is known. */
export const requestTemplate = {
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(["GET", "POST", "PUT"]).default("POST"),
  query: pieces.describe("Goes behind the address."),
  headers: pieces,
  json: z
    .record(z.string().min(1), tree)
    .default({})
    .describe("Goes as a JSON object, of any depth. Either this or `form`."),
  form: pieces.describe("Goes as a form."),
};

export interface RequestTemplate {
  readonly url: string;
  readonly method: string;
  readonly query: Readonly<Record<string, Piece>>;
  readonly headers: Readonly<Record<string, Piece>>;
  readonly json: Readonly<Record<string, Tree>>;
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
    ...(isJson ? { body: JSON.stringify(filledTree(json, fields)) } : {}),
  };
}

function filled(
  template: Readonly<Record<string, Piece>>,
  fields: TemplateFields,
  cleaned: (value: string) => string = (value) => value,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template).map(([name, piece]) => [
      name,
      typeof piece === "string" ? filledText(piece, fields, cleaned) : piece[held],
    ]),
  );
}

function filledText(
  text: string,
  fields: TemplateFields,
  cleaned: (value: string) => string = (value) => value,
): string {
  return text.replace(/\{(\w+)\}/g, (_, field: string) => cleaned(fields[field as TemplateField]));
}

function isSecret(template: object): template is HeldSecret {
  return held in template;
}

function filledTree(template: Tree, fields: TemplateFields): unknown {
  if (typeof template === "string") return filledText(template, fields);
  if (Array.isArray(template)) return template.map((each: Tree) => filledTree(each, fields));
  if (typeof template !== "object" || template === null) return template;
  if (isSecret(template)) return template[held];
  return Object.fromEntries(Object.entries(template).map(([name, each]) => [name, filledTree(each, fields)]));
}

/** Header values are Latin-1 on one line. */
function oneLine(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, "?");
}
