import { useState } from "preact/hooks";
import { ApiFailure, failureKind } from "../data/failure.ts";
import type { Words } from "../text/words.ts";
import { useWords } from "./page.ts";

export interface Sending {
  readonly busy: boolean;
  /** Why the last one was refused, for people; null while all is well. */
  readonly problem: string | null;
  /** Whether the last one was taken. */
  readonly done: boolean;
  /** Runs it, unless one is under way. @returns whether it was taken */
  send(work: () => Promise<unknown>): Promise<boolean>;
}

/**
 * Something that is sent by a button: under way, refused with a reason, or done.
 *
 * @param refusals the page's words for what the server may refuse, by the server's code; for others the catalogue of all refusals has some
 */
export function useSending(refusals: Readonly<Record<string, string>> = {}): Sending {
  const words = useWords();
  const [state, setState] = useState<Omit<Sending, "send">>({ busy: false, problem: null, done: false });
  return {
    ...state,
    async send(work) {
      if (state.busy) return false;
      setState({ busy: true, problem: null, done: false });
      try {
        await work();
        setState({ busy: false, problem: null, done: true });
        return true;
      } catch (error) {
        setState({ busy: false, problem: await problemText(error, refusals, words), done: false });
        return false;
      }
    },
  };
}

/** What people are told of it, in their language. */
export async function problemText(
  error: unknown,
  refusals: Readonly<Record<string, string>>,
  { t, language }: Words,
): Promise<string> {
  const general = t.failure[failureKind(error)];
  if (!(error instanceof ApiFailure) || error.kind === "signed-out") return general;
  const own = refusals[error.code];
  if (own !== undefined) return own;
  // Where even the texts cannot be fetched, the general one will do.
  const texts = await import("../text/refusal-texts.ts").catch(() => null);
  return texts?.refusalText(error.code, error.paths, language) ?? general;
}
