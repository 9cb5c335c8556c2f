import type { CommandContext } from "../commands/context.ts";

export interface Progress {
  /** Shows how far it is: at once on a terminal, every few seconds elsewhere. */
  show(line: () => string): void;
  /** Leaves a last line standing: how it is now, where any line was shown before. */
  end(): void;
}

const redrawMs = 100;
const lineMs = 5_000;

/** One line that is drawn over on a terminal; a line now and then in a log. On standard error, out of the way of results. */
export function createProgress({
  err,
  isTerminal,
  now,
}: Pick<CommandContext, "err" | "isTerminal" | "now">): Progress {
  const everyMs = isTerminal ? redrawMs : lineMs;
  let shownMs = isTerminal ? Number.NEGATIVE_INFINITY : now();
  /** What was asked to be shown last; null while nothing was shown. */
  let last: (() => string) | null = null;
  return {
    show(line) {
      if (last !== null) last = line;
      if (now() - shownMs < everyMs) return;
      shownMs = now();
      last = line;
      err(isTerminal ? `\r\x1b[2K${line()}` : `${line()}\n`);
    },
    end() {
      if (last !== null) err(isTerminal ? `\r\x1b[2K${last()}\n` : `${last()}\n`);
      last = null;
    },
  };
}

/** `████░░░░░░  40 %` */
export function bar(share: number, width = 20): string {
  const bounded = Math.min(1, Math.max(0, share));
  const full = Math.floor(bounded * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${String(Math.floor(bounded * 100)).padStart(3)} %`;
}
