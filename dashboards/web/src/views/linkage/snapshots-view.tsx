import { type Asked, linkage, type Snapshots } from "../../data/linkage.ts";
import { Empty, Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { useSending } from "../use-sending.ts";
import { SnapshotCard } from "./snapshot-card.tsx";
import { periodName, useLinkageWords } from "./use-linkage.ts";

type AskedPeriod = { readonly [Name in keyof Asked]: string };

/** What was frozen, by whom; and the way to freeze another. */
export function SnapshotsView({ asked, closed }: { asked: AskedPeriod; closed: boolean }) {
  const { api } = usePage();
  const [snapshots, reload] = useLoaded((signal) => linkage.snapshots(api, signal), [api]);
  return (
    <>
      <Propose asked={asked} closed={closed} onDone={reload} />
      <Shown
        of={snapshots}
        blocks={2}
        retry={reload}
        draw={(data) => <List snapshots={data} plan={asked.plan} onChange={reload} />}
      />
    </>
  );
}

function Propose({ asked, closed, onDone }: { asked: AskedPeriod; closed: boolean; onDone: () => void }) {
  const { api } = usePage();
  const { l } = useLinkageWords();
  const { busy, problem, done, send } = useSending();
  const propose = async () => {
    if (await send(() => linkage.propose(api, asked.plan, asked.period))) onDone();
  };
  return (
    <section class="panel">
      <p class="soft">{closed ? l.proposeHint : l.notClosed}</p>
      {problem !== null && (
        <p class="notice critical" role="alert">
          {problem}
        </p>
      )}
      {done && (
        <p class="notice good" role="status">
          {l.proposed}
        </p>
      )}
      {closed && (
        <button type="button" class="button primary" disabled={busy} onClick={() => void propose()}>
          {busy ? l.proposing : l.propose(periodName(l, asked.period))}
        </button>
      )}
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
