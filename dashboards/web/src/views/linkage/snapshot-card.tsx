import {
  type Difference,
  linkage,
  reportFormats,
  reportUrl,
  type Snapshot,
  type Verification,
} from "../../data/linkage.ts";
import { Icon } from "../icons.tsx";
import { Shown } from "../notices.tsx";
import { usePage, useSignedIn } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { useSending } from "../use-sending.ts";
import { FrozenResults } from "./frozen-results.tsx";
import { Opened } from "./opened.tsx";
import { periodName, useLinkageWords } from "./use-linkage.ts";

interface SnapshotCardProps {
  readonly snapshot: Snapshot;
  readonly mayConfirm: boolean;
  onChange(): void;
}

/** One frozen count: who answers for it, what it said, and whether it still says so. */
export function SnapshotCard({ snapshot, mayConfirm, onChange }: SnapshotCardProps) {
  const { l, dateTime } = useLinkageWords();
  const { id, period, revision, proposedBy, proposedAtMs, confirmedBy, confirmedAtMs, rule, results } =
    snapshot;
  return (
    <li class="card">
      <h2>
        {periodName(l, period)}, {l.revision(revision)}
      </h2>
      <p class="soft">
        {l.snapshot(id)} · {l.rule(rule)}
      </p>
      <p>{l.proposedBy(proposedBy, dateTime(proposedAtMs))}</p>
      {confirmedBy !== null && confirmedAtMs !== null ? (
        <p>{l.confirmedBy(confirmedBy, dateTime(confirmedAtMs))}</p>
      ) : (
        <Confirmation snapshot={snapshot} mayConfirm={mayConfirm} onChange={onChange} />
      )}
      <Reports id={id} />
      <FrozenResults results={results} />
      <Opened title={l.difference} draw={() => <Changes id={id} />} />
      <Opened title={l.verify} draw={() => <Verified id={id} />} />
    </li>
  );
}

/** Whoever proposed it cannot confirm it; of several revisions only the newest can be. */
function Confirmation({ snapshot, mayConfirm, onChange }: SnapshotCardProps) {
  const { api } = usePage();
  const { me } = useSignedIn();
  const { l } = useLinkageWords();
  const { busy, problem, send } = useSending(l.refusals);
  if (!snapshot.newest) return <p class="soft">{l.replaced}</p>;
  if (!mayConfirm) return <p class="notice info">{l.waitsForDepartment}</p>;
  if (snapshot.proposedBy === me.id) return <p class="notice info">{l.waitsForOther}</p>;
  const confirm = async () => {
    if (await send(() => linkage.confirm(api, snapshot.id))) onChange();
  };
  return (
    <>
      {problem !== null && (
        <p class="notice critical" role="alert">
          {problem}
        </p>
      )}
      <button type="button" class="button primary" disabled={busy} onClick={() => void confirm()}>
        {busy ? l.confirming : l.confirm}
      </button>
    </>
  );
}

/** A draft until it is confirmed: the paper itself says so. */
function Reports({ id }: { id: number }) {
  const { l, language } = useLinkageWords();
  return (
    <section class="reports" aria-label={`${l.reports}: ${l.snapshot(id)}`}>
      <h3>{l.reports}</h3>
      {reportFormats.map((format) => (
        <a key={format} class="button" href={reportUrl(id, format, language)} download>
          <Icon name="download" />
          {l.reportFormat[format]}
        </a>
      ))}
    </section>
  );
}

function Verified({ id }: { id: number }) {
  const { api } = usePage();
  const { l } = useLinkageWords();
  const [found, retry] = useLoaded((signal) => linkage.verify(api, id, signal), [api, id]);
  const told = ({ ok, found: hash }: Verification) => (
    <p class={`notice ${ok ? "good" : "critical"} hash`}>{ok ? l.intact(hash) : l.tampered(hash)}</p>
  );
  return <Shown of={found} blocks={1} retry={retry} draw={told} />;
}

function Changes({ id }: { id: number }) {
  const { api } = usePage();
  const [found, retry] = useLoaded((signal) => linkage.difference(api, id, signal), [api, id]);
  return (
    <Shown of={found} blocks={1} retry={retry} draw={(difference) => <Told difference={difference} />} />
  );
}

function Told({ difference }: { difference: Difference }) {
  const { l } = useLinkageWords();
  const { before, ruleChanged, records, verdicts, indicators } = difference;
  if (before === null) return <p class="soft">{l.firstRevision}</p>;
  const lists = [
    [l.changedRecords, records],
    [l.changedVerdicts, verdicts.map(({ model, before: then, after }) => `${model}: ${then} → ${after}`)],
    [
      l.changedIndicators,
      indicators.map(({ indicator, before: then, after }) => `${indicator}: ${then} → ${after}`),
    ],
  ] as const;
  const some = lists.filter(([, items]) => items.length > 0);
  return (
    <>
      {ruleChanged && <p>{l.ruleChanged}</p>}
      {some.length === 0 && !ruleChanged && <p class="soft">{l.unchanged}</p>}
      {some.map(([title, items]) => (
        <section key={title}>
          <h3>{title}</h3>
          <ul class="changes">
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
