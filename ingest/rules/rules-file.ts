import { z } from "zod";
import { severities } from "./rule.ts";
import { ruleName } from "./rule-fields.ts";
import { rule } from "./rule-kinds.ts";
import { texts } from "./texts.ts";

const notifierName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be small letters, digits and hyphens, such as `mail-officers`")
  .max(40);

/** Which alerts go to which notifiers: those of any of the severities and of any of the rules; every alert when neither is given. */
export const route = z.strictObject({
  to: z.union([notifierName.transform((name) => [name]), z.array(notifierName).min(1)], {
    error: "must be the name of a notifier, or a list of them",
  }),
  severities: z.array(z.enum(severities)).min(1).optional(),
  rules: z.array(ruleName).min(1).optional(),
});
export type Route = z.infer<typeof route>;

/**
 * A file of rules, and who is told. Rules that are switched off are checked, then set aside.
 * @param known names of the rules of other files that hold beside it, by file
 */
export function rulesFileBeside(known: ReadonlyMap<string, string>) {
  return (
    z
      .strictObject({
        about: texts.optional().describe("What the rules are for, in a few words."),
        rules: z.array(rule).default([]),
        routes: z.array(route).default([]),
      })
      // Also when some rule is wrong in itself, so that all problems are told at once.
      .superRefine((draft, context) => complainOfNames(draft, known, context), { when: () => true })
      .transform(({ rules, ...rest }) => ({
        ...rest,
        rules: rules.filter(({ enabled }) => enabled),
        unarmed: rules.filter(({ enabled }) => !enabled),
      }))
  );
}

/** A file of rules that holds by itself. */
export const rulesFile = rulesFileBeside(new Map());
export type RulesFile = z.infer<typeof rulesFile>;

/** Names of the rules that a text holds, whatever else may be wrong with it. */
export function ruleNamesIn(written: unknown): string[] {
  const names = list((written as Draft | null)?.rules).map(nameOf);
  return names.filter((name) => typeof name === "string");
}

/** The notifiers that an alert of this rule is told by. */
export function notifiersFor(
  { name, severity }: { readonly name: string; readonly severity: (typeof severities)[number] },
  routes: readonly Route[],
): readonly string[] {
  const taken = routes.filter(
    (route) => (route.severities?.includes(severity) ?? true) && (route.rules?.includes(name) ?? true),
  );
  return [...new Set(taken.flatMap(({ to }) => to))];
}

/** Where routes name notifiers that there are not. */
export function unknownNotifiers(
  routes: readonly Route[],
  notifiers: readonly string[],
): { readonly path: readonly (string | number)[]; readonly message: string }[] {
  const known = notifiers.length > 0 ? `there are: ${notifiers.join(", ")}` : "there is none";
  return routes.flatMap(({ to }, at) =>
    to
      .filter((name) => !notifiers.includes(name))
      .map((name) => ({
        path: ["routes", at, "to"],
        message: `no notifier is called \`${name}\`; ${known}`,
      })),
  );
}

/** What parsing has left of a file with mistakes: anything may be missing, or of another shape. */
interface Draft {
  readonly rules?: unknown;
  readonly routes?: unknown;
}

function complainOfNames(
  draft: unknown,
  known: ReadonlyMap<string, string>,
  context: z.core.$RefinementCtx,
): void {
  const { rules, routes } = (draft ?? {}) as Draft;
  const names = list(rules).map(nameOf);
  names.forEach((name, at) => {
    if (typeof name !== "string") return;
    const elsewhere = known.get(name);
    const where = elsewhere === undefined ? "" : `, in ${elsewhere}`;
    if (names.indexOf(name) < at || elsewhere !== undefined)
      complain(context, ["rules", at, "name"], `\`${name}\` is already the name of another rule${where}`);
  });
  list(routes).forEach((each, at) => {
    list((each as { rules?: unknown } | null)?.rules).forEach((name, index) => {
      if (names.includes(name) || known.has(name as string)) return;
      complain(context, ["routes", at, "rules", index], `no rule is called \`${name}\``);
    });
  });
}

const nameOf = (rule: unknown) => (rule as { name?: unknown } | null)?.name;

function complain(context: z.core.$RefinementCtx, path: (string | number)[], message: string): void {
  context.addIssue({ code: "custom", path, message });
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
