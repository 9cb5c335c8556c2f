/**
 * Why the registry refused:
 * `not-found` what was named is not there; `already-exists` the id is taken; `invalid` a value breaks a rule;
 * `in-use` something still depends on it; `wrong-key` the file was made with another secret key.
 */
export type RegistryErrorCode = "not-found" | "already-exists" | "invalid" | "in-use" | "wrong-key";

/** The caller asked for something that cannot be. The message says what was wrong and what would be right. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";
  readonly code: RegistryErrorCode;

  constructor(code: RegistryErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function notFound(kind: string, id: string): RegistryError {
  return new RegistryError("not-found", `there is no ${kind} "${id}": add it first, or check the spelling`);
}

export function alreadyExists(kind: string, id: string): RegistryError {
  return new RegistryError("already-exists", `there is a ${kind} "${id}" already: choose another id`);
}
