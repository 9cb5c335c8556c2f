import { useState } from "preact/hooks";
import { type Asked, type Draft, dayText, linkage, type Period, type Snapshots } from "../../data/linkage.ts";
import type { LinkageTexts } from "../../text/linkage-texts.ts";
import { Form, TextField } from "../form-parts.tsx";
import { Empty, Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { useSending } from "../use-sending.ts";
import { FrozenResults } from "./frozen-results.tsx";
import { SnapshotCard } from "./snapshot-card.tsx";
import { periodName, useLinkageWords } from "./use-linkage.ts";

type AskedPeriod = { readonly [Name in keyof Asked]: string };

/** What was frozen, by whom; and the way to freeze another. */
export function SnapshotsView({ asked, period }: { asked: AskedPeriod; period: Period | undefined }) {
  const { api } = usePage();
  const isAsked = (one: AskedPeriod) => one.plan === asked.plan && one.period === asked.period;
  const [snapshots, reload] = useLoaded((signal) => linkage.snapshots(api, signal), [api]);
  return (
    <Shown
      of={snapshots}
      blocks={2}
      retry={reload}
      draw={(data) => (
        <>
          <Propose
            key={`${asked.plan} ${asked.period}`}
            asked={asked}
            period={period}
            isFirst={!data.snapshots.some(isAsked)}
            draft={data.drafts.find(isAsked) ?? null}
            onDone={reload}
          />
          <List snapshots={data} plan={asked.plan} onChange={reload} />
        </>
      )}
    />
  );
}

interface ProposeProps {
  readonly asked: AskedPeriod;
  readonly period: Period | undefined;
  /** Whether nothing of this period was frozen yet. */
  readonly isFirst: boolean;
  /** What was frozen at the cut-off and waits for a person. */
  readonly draft: Draft | null;
  onDone(): void;
}

function Propose({ asked, period, isFirst, draft, onDone }: ProposeProps) {
  const { api } = usePage();
  const { l } = useLinkageWords();
  const sending = useSending(l.refusals);
  const [reason, setReason] = useState("");
  if (period?.freezable === false) return <p class="notice info">{l.notClosed}</p>;
  // After the days for what comes late a correction is answered for in words.
  const asksReason = !isFirst && (period?.late ?? true);
  const propose = async () => {
    if (await sending.send(() => linkage.propose(api, asked.plan, asked.period, reason))) onDone();
  };
  return (
    <section class="panel">
      {draft === null ? <p class="soft">{l.proposeHint}</p> : <Frozen draft={draft} />}
      <Form
        sending={sending}
        action={actionOf(l, { busy: sending.busy, draft, period: periodName(l, asked.period) })}
        done={l.proposed}
        onSubmit={() => void propose()}
      >
        {asksReason && (
          <TextField label={l.reason} hint={l.reasonHint} value={reason} required onInput={setReason} />
        )}
      </Form>
    </section>
  );
}

function actionOf(
  l: LinkageTexts,
  { busy, draft, period }: { busy: boolean; draft: Draft | null; period: string },
): string {
  if (draft !== null) return l.proposeDraft(period);
  return busy ? l.proposing : l.propose(period);
}

/** What the program froze by itself, to be looked at before somebody answers for it. */
function Frozen({ draft }: { draft: Draft }) {
  const { l, dateTime, count } = useLinkageWords();
  const { frozenAtMs, from, to, hoursLate, rule, results } = draft;
  return (
    <>
      <p>
        <strong>{l.frozen(dateTime(frozenAtMs))}</strong> {l.span(dayText(from), dayText(to))}. {l.rule(rule)}
      </p>
      {hoursLate > 0 && <p class="notice info">{l.frozenLate(count(hoursLate))}</p>}
      <FrozenResults results={results} />
      <p class="soft">{l.proposeDraftHint}</p>
    </>
  );
}

interface ListProps {
  readonly snapshots: Snapshots;
  readonly plan: string;
  onChange(): void;
}

function List({ snapshots: { snapshots, mayConfirm }, plan, onChange }: ListProps) {
  const { l } = useLinkageWords();
  const own = snapshots.filter((snapshot) => snapshot.plan === plan);
  if (own.length === 0)
    return (
      <Empty icon="table">
        <p>{l.noSnapshots}</p>
      </Empty>
    );
  return (
    <ul class="cards">
      {own.map((snapshot) => (
        <SnapshotCard key={snapshot.id} snapshot={snapshot} mayConfirm={mayConfirm} onChange={onChange} />
      ))}
    </ul>
  );
}
