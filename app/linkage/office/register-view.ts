import { existsSync } from "node:fs";
import { openRegister, type Register, type RegisterContents, type UnitBook } from "../../../linkage/index.ts";

/** The register as the command line fills it. Nobody has used it: it is empty, and no file is made. */
export interface RegisterView {
  /** Everything it holds now; `seq` grows with every edit. */
  current(): { readonly contents: RegisterContents; readonly seq: number };
  /** As it was known at that moment. */
  at(atMs: number): RegisterContents;
  close(): void;
}

export function createRegisterView(file: string, units: UnitBook): RegisterView {
  let register: Register | null = null;
  let known: { readonly contents: RegisterContents; readonly seq: number } | null = null;

  const open = () => {
    if (register === null && existsSync(file)) {
      register = openRegister(file, units);
      known = null;
    }
    return register;
  };

  return {
    at: (atMs) => open()?.contentsAt(atMs) ?? emptyContents(units),
    current() {
      const register = open();
      if (register === null) {
        known ??= { contents: emptyContents(units), seq: 0 };
        return known;
      }
      const seq = register.changes(known?.seq ?? 0).at(-1)?.seq ?? known?.seq ?? 0;
      if (known?.seq !== seq) known = { contents: register.contentsAt(Number.MAX_SAFE_INTEGER), seq };
      return known;
    },
    close: () => register?.close(),
  };
}

function emptyContents(units: UnitBook): RegisterContents {
  const register = openRegister(":memory:", units);
  try {
    return register.contentsAt(0);
  } finally {
    register.close();
  }
}
