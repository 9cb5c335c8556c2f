import type { ComponentChildren } from "preact";
import type { FailureKind } from "../data/failure.ts";
import type { Loaded } from "../data/loaded.ts";
import type { Condition } from "../data/places.ts";
import { Icon, type IconName } from "./icons.tsx";
import { usePage, useWords } from "./page.ts";
import { useValue } from "./use-value.ts";

/** How something is doing, told by colour, drawing and text alike. */
export function ConditionPill({ condition, text }: { condition: Condition; text?: string }) {
  const { t } = useWords();
  return (
    <span class={`pill ${condition}`}>
      <Icon name={condition} />
      {text ?? t.condition[condition]}
    </span>
  );
}

/** How long ago, moving with the clock; the exact time on hover. */
export function Age({ atMs }: { atMs: number }) {
  const { clock, words } = usePage();
  const nowMs = useValue(clock.nowMs);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={words.dateTime(atMs)}>
      {words.age(nowMs - atMs)}
    </time>
  );
}

export function LastHeard({ atMs }: { atMs: number | null }) {
  const { t } = useWords();
  return atMs === null ? <span>{t.neverHeard}</span> : <Age atMs={atMs} />;
}

export function Failure({ kind, retry, text }: { kind: FailureKind; retry?: () => void; text?: string }) {
  const { t } = useWords();
  return (
    <div class="notice critical" role="alert">
      <Icon name={kind === "offline" ? "offline" : "warning"} />
      <p>{text ?? t.failure[kind]}</p>
      {retry !== undefined && (
        <button type="button" class="button" onClick={retry}>
          {t.retry}
        </button>
      )}
    </div>
  );
}

export function Empty({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

export function NotFound({ icon, text }: { icon: IconName; text: string }) {
  const { t } = useWords();
  return (
    <Empty icon={icon}>
      <h1>{text}</h1>
      <a href="#/">{t.backToOverview}</a>
    </Empty>
  );
}

/** Grey shapes where something will stand, so that the page does not jump when it comes. */
export function Skeleton({ blocks }: { blocks: number }) {
  const { t } = useWords();
  return (
    <div class="skeleton" role="status">
      <span class="hidden-text">{t.loading}</span>
      {Array.from({ length: blocks }, (_, at) => (
        <div key={at} class="skeleton-block" />
      ))}
    </div>
  );
}

interface ShownProps<T> {
  readonly of: Loaded<T>;
  /** How many grey shapes stand there meanwhile. */
  readonly blocks: number;
  retry(): void;
  draw(data: T): ComponentChildren;
}

/** What was loaded; or that it is on its way, or why it did not come. */
export function Shown<T>({ of: { data, failure }, blocks, retry, draw }: ShownProps<T>) {
  if (data !== null) return <>{draw(data)}</>;
  return failure === null ? <Skeleton blocks={blocks} /> : <Failure kind={failure} retry={retry} />;
}
