import { useState } from "preact/hooks";
import { type Asked, linkage, type Period, type Snapshots } from "../../data/linkage.ts";
import { Form, TextField } from "../form-parts.tsx";
import { Empty, Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { useSending } from "../use-sending.ts";
import { SnapshotCard } from "./snapshot-card.tsx";
import { periodName, useLinkageWords } from "./use-linkage.ts";

type AskedPeriod = { readonly [Name in keyof Asked]: string };

/** What was frozen, by whom; and the way to freeze another. */
export function SnapshotsView({ asked, period }: { asked: AskedPeriod; period: Period | undefined }) {
  const { api } = usePage();
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
            isFirst={!data.snapshots.some((one) => one.plan === asked.plan && one.period === asked.period)}
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
  onDone(): void;
}

function Propose({ asked, period, isFirst, onDone }: ProposeProps) {
  const { api } = usePage();
  const { l } = useLinkageWords();
  const sending = useSending();
  const [reason, setReason] = useState("");
  if (period?.freezable === false) return <p class="notice info">{l.notClosed}</p>;
  // After the days for what comes late a correction is answered for in words.
  const asksReason = !isFirst && (period?.late ?? true);
  const propose = async () => {
    if (await sending.send(() => linkage.propose(api, asked.plan, asked.period, reason))) onDone();
  };
  return (
    <section class="panel">
      <p class="soft">{l.proposeHint}</p>
      <Form
        sending={sending}
        action={sending.busy ? l.proposing : l.propose(periodName(l, asked.period))}
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
