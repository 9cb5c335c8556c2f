import { readFileSync } from "node:fs";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Secrets may come as files, as container engines mount them: `X_FILE` names the file whose text is `X`. */
export function withSecretsFromFiles(env: Environment): Record<string, string> {
  const given = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const fromFiles = given.flatMap(([name, file]) => {
    const [, secret] = /^((?:CANHDONG|FLOWS)_\w+)_FILE$/.exec(name) ?? [];
    return secret === undefined ? [] : [[secret, readFileSync(file, "utf8").trim()] as const];
  });
  return Object.fromEntries([...given, ...fromFiles]);
}
