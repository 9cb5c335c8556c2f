import type { ComponentChildren } from "preact";
import { earlier, later, localDate, spanNames, spanOf, untilEndOf, type Window } from "../data/window.ts";
import { Icon } from "./icons.tsx";
import { usePage } from "./page.ts";
import { useValue } from "./use-value.ts";

export interface WindowBarProps {
  readonly window: Window;
  /** Further things to do with what is shown. */
  readonly children: ComponentChildren;
  hrefFor(window: Window): string;
}

/** Chooses what part of time the charts show. Every choice is an address, so the back button undoes it. */
export function WindowBar({ window, hrefFor, children }: WindowBarProps) {
  const { clock, words } = usePage();
  const nowMs = useValue(clock.nowMs);
  const { t } = words;
  const { fromMs, toMs } = spanOf(window, nowMs);
  const follows = window.endMs === null;
  const goTo = (next: Window) => location.assign(hrefFor(next));
  return (
    <div class="window-bar">
      <nav class="segments" aria-label={t.range}>
        {spanNames.map((span) => (
          <a
            key={span}
            href={hrefFor({ ...window, span })}
            aria-current={span === window.span ? "true" : undefined}
          >
            {t.span[span]}
          </a>
        ))}
      </nav>
      <div class="steps">
        <a
          class="button square"
          href={hrefFor(earlier(window, nowMs))}
          aria-label={t.earlier}
          title={t.earlier}
        >
          <Icon name="left" />
        </a>
        <StepOn text={t.later} icon="right" href={follows ? null : hrefFor(later(window, nowMs))} />
        <StepOn text={t.toNow} icon="toEnd" href={follows ? null : hrefFor({ ...window, endMs: null })} />
        <label class="until">
          <span class="hidden-text">{t.untilDay}</span>
          <input
            type="date"
            value={localDate(toMs - 1)}
            max={localDate(nowMs)}
            onChange={(event) => goTo(untilEndOf(window, event.currentTarget.value, nowMs))}
          />
        </label>
        {children}
      </div>
      <p class="soft window-text">
        {words.dateTime(fromMs)} – {words.dateTime(toMs)}
      </p>
    </div>
  );
}

/** Forwards in time, which ends now. */
function StepOn({ text, icon, href }: { text: string; icon: "right" | "toEnd"; href: string | null }) {
  const drawing = <Icon name={icon} />;
  return href === null ? (
    <button type="button" class="button square" disabled aria-label={text} title={text}>
      {drawing}
    </button>
  ) : (
    <a class="button square" href={href} aria-label={text} title={text}>
      {drawing}
    </a>
  );
}
