import { useState } from "preact/hooks";
import { ApiFailure, failureKind } from "../data/failure.ts";
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
 * @param refusals the page's words for what the server may refuse, by the server's code; of others its own words are shown
 */
export function useSending(refusals: Readonly<Record<string, string>> = {}): Sending {
  const { t } = useWords();
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
        const kind = failureKind(error);
        const said =
          error instanceof ApiFailure && kind === "refused" ? (refusals[error.code] ?? error.message) : "";
        setState({ busy: false, problem: said === "" ? t.failure[kind] : said, done: false });
        return false;
      }
    },
  };
}
