/** Of a migration: rows of this table can be added and read, and nothing else. */
export function neverRewritten(table: string): string {
  return ["UPDATE", "DELETE"]
    .map(
      (verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
    BEGIN SELECT RAISE(ABORT, 'what was reported is never rewritten'); END;`,
    )
    .join("\n  ");
}
