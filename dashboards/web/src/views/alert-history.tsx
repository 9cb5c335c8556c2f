import type { AlertInfo } from "../../../../app/http/shapes.ts";
import { historyOf, type Step, type StepKind } from "../data/alert-history.ts";
import { historyTexts } from "../text/history-texts.ts";
import { ConditionPill, Shown } from "./notices.tsx";
import { usePage, useWords } from "./page.ts";
import { useLoaded } from "./use-loaded.ts";

/** What happened to an alert, line by line. Read again when it has changed. */
export function AlertHistory({ alert }: { alert: AlertInfo }) {
  const { api } = usePage();
  const { id, state, severity } = alert;
  const [steps, retry] = useLoaded((signal) => historyOf(api, id, signal), [api, id, state, severity]);
  return (
    <Shown
      of={steps}
      blocks={1}
      retry={retry}
      draw={(data) => (
        <ol class="history">
          {data.map((step) => (
            <Line key={`${step.atMs} ${step.what} ${step.detail}`} step={step} />
          ))}
        </ol>
      )}
    />
  );
}

/** After these it is no graver or milder than before. */
const sameSeverity: readonly string[] = ["acknowledged", "snoozed", "joined", "resolved", "flapping"];

function Line({ step: { atMs, what, who, severity, detail } }: { step: Step }) {
  const words = useWords();
  const t = historyTexts[words.language];
  return (
    <li>
      <time dateTime={new Date(atMs).toISOString()}>{words.dateTime(atMs)}</time>{" "}
      <strong>{t.step[what as StepKind] ?? what}</strong> {who !== null && <span>{t.by(who)} </span>}
      {what === "joined" && detail !== null && <span class="soft">{detail} </span>}
      {!sameSeverity.includes(what) && <ConditionPill condition={severity} />}
    </li>
  );
}
