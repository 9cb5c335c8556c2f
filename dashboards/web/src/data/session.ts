import type { Me } from "../../../../app/http/shapes.ts";
import type { Api } from "./api.ts";
import { type FailureKind, failureKind } from "./failure.ts";
import { createValue, type Value } from "./value.ts";

export type SessionState =
  | { readonly kind: "unknown" }
  | { readonly kind: "unreachable"; readonly failure: FailureKind }
  | { readonly kind: "signed-out" }
  | { readonly kind: "signed-in"; readonly me: Me };

export interface Session {
  readonly state: Value<SessionState>;
  /** Asks the server who is signed in. */
  check(): Promise<void>;
  /** Rejects with an `ApiFailure`: `signed-out` means a wrong name or password. */
  signIn(name: string, password: string): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  signOut(): Promise<void>;
  /** The server no longer knows us. */
  ended(): void;
}

/** @param forgetCopies drops what was kept of the server's answers: the next one at this phone must not read them */
export function createSession(api: Api, forgetCopies: () => Promise<void>): Session {
  const state = createValue<SessionState>({ kind: "unknown" });
  const check = async () => {
    try {
      state.set({ kind: "signed-in", me: (await api.session()).body });
    } catch (error) {
      const failure = failureKind(error);
      state.set(failure === "signed-out" ? { kind: "signed-out" } : { kind: "unreachable", failure });
    }
  };
  const ended = () => {
    state.set({ kind: "signed-out" });
    void forgetCopies();
  };
  return {
    state,
    check,
    async signIn(name, password) {
      await forgetCopies();
      await api.signIn(name, password);
      await check();
    },
    async changePassword(current, next) {
      await api.changePassword(current, next);
      await check();
    },
    async signOut() {
      await api.signOut();
      ended();
    },
    ended,
  };
}
