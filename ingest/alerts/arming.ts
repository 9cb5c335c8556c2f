import { openSqlite } from "../../sqlite/open-sqlite.ts";
import type { Rule, RulesFile } from "../rules/index.ts";
import { migrations } from "./schema.ts";

/** What somebody said of a rule. */
export interface ArmingWord {
  readonly rule: string;
  /** null: as the configuration says. */
  readonly armed: boolean | null;
  /** Id of a person, or `local` for the command line. */
  readonly who: string;
  readonly atMs: number;
  readonly reason: string | null;
}

/** How a rule stands. */
export interface Armed {
  readonly armed: boolean;
  /** What the configuration says, or the pack. */
  readonly configured: boolean;
  /** The last word on it; null while nobody has said anything. */
  readonly word: ArmingWord | null;
  /** Whether it was armed with another limit than it has now: then the configuration's word holds again. */
  readonly lapsed: boolean;
}

/** Why a rule is not armed as somebody wants. */
export const armingRefusals = ["no-such-rule", "unconfirmed-limit"] as const;

export class ArmingError extends Error {
  override readonly name = "ArmingError";
  readonly code: (typeof armingRefusals)[number];

  constructor(code: (typeof armingRefusals)[number], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Which rules of this installation hold. The configuration says how it begins; whatever somebody says afterwards counts more, until
 * they leave it to the configuration again. Who arms a rule arms the limit that they have read: when it changes, their word lapses.
 * Who disarms one means it for good.
 */
export interface Arming {
  /** Those that hold now. */
  armed(): Rule[];
  /** How each rule of this installation stands, by name. */
  standings(): ReadonlyMap<string, Armed>;
  /**
   * @param reason must be given to arm a rule that the configuration keeps unarmed: its limit is not confirmed
   * @throws ArmingError
   */
  say(word: Omit<ArmingWord, "atMs">, nowMs: number): void;
  /** Every word on a rule, oldest first. */
  history(rule: string): ArmingWord[];
  close(): void;
}

interface Row {
  readonly rule: string;
  readonly armed: number | null;
  readonly fingerprint: string;
  readonly who: string;
  readonly atMs: number;
  readonly reason: string | null;
}

/** Opens what was said in the file of the watch. */
export function openArming(file: string, { rules, unarmed }: Pick<RulesFile, "rules" | "unarmed">): Arming {
  const db = openSqlite(file, migrations);
  const columns = "rule, armed, fingerprint, who, at_ms AS atMs, reason";
  const last = db.prepare(`
    SELECT ${columns} FROM armings WHERE number IN (SELECT max(number) FROM armings GROUP BY rule)`);
  const ofRule = db.prepare(`SELECT ${columns} FROM armings WHERE rule = ? ORDER BY number`);
  const insert = db.prepare(
    "INSERT INTO armings (rule, armed, fingerprint, who, at_ms, reason) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const all = [...rules, ...unarmed];
  const configured = new Set(rules.map(({ name }) => name));
  let words = lastWords();

  return {
    armed: () => all.filter((rule) => standingOf(rule).armed),
    standings: () => new Map(all.map((rule) => [rule.name, standingOf(rule)])),
    say({ rule: name, armed, who, reason }, nowMs) {
      const rule = all.find((each) => each.name === name);
      if (rule === undefined)
        throw new ArmingError(
          "no-such-rule",
          `No rule of this installation is called ${name}; a pack or a file that has it must be named under "rules:" in the configuration.`,
        );
      if (armed === true && !configured.has(name) && !reason?.trim())
        throw new ArmingError(
          "unconfirmed-limit",
          `The limit of ${name} is not confirmed: say why it holds here, and where that is written.`,
        );
      insert.run(
        name,
        armed === null ? null : Number(armed),
        rule.fingerprint,
        who,
        nowMs,
        reason?.trim() || null,
      );
      words = lastWords();
    },
    history: (rule) => (ofRule.all(rule) as unknown as Row[]).map(wordOf),
    close: () => db.close(),
  };

  function lastWords(): ReadonlyMap<string, Row> {
    return new Map((last.all() as unknown as Row[]).map((row) => [row.rule, row]));
  }

  function standingOf({ name, fingerprint }: Rule): Armed {
    const isConfigured = configured.has(name);
    const said = words.get(name);
    const word = said === undefined ? null : wordOf(said);
    const lapsed = word?.armed === true && said!.fingerprint !== fingerprint;
    const armed = word === null || word.armed === null || lapsed ? isConfigured : word.armed;
    return { armed, configured: isConfigured, word, lapsed };
  }
}

function wordOf({ rule, armed, who, atMs, reason }: Row): ArmingWord {
  return { rule, armed: armed === null ? null : armed === 1, who, atMs, reason };
}
