import type { Health } from "../../../../app/http/shapes.ts";
import type { Quarantine } from "../data/api.ts";
import { systemTexts } from "../text/system-texts.ts";
import { Icon, type IconName } from "./icons.tsx";
import { Age, Empty, Shown } from "./notices.tsx";
import { usePage, useWords } from "./page.ts";
import { SystemTabs } from "./system-tabs.tsx";
import { useLoaded } from "./use-loaded.ts";

/** For officers and administrators: is the server well, and what could it not read. */
export function SystemPage() {
  const { api } = usePage();
  const { t: general, language } = useWords();
  const t = systemTexts[language];
  const [health, retryHealth] = useLoaded(() => api.health(), [api]);
  const [quarantine, retryQuarantine] = useLoaded(() => api.quarantine(), [api]);
  return (
    <>
      <h1>{general.system}</h1>
      <SystemTabs current="system" />
      <section class="panel">
        <h2>{t.health}</h2>
        <Shown of={health} blocks={1} retry={retryHealth} draw={(data) => <HealthLines health={data} />} />
      </section>
      <section class="panel">
        <h2>{t.quarantine}</h2>
        <Shown
          of={quarantine}
          blocks={1}
          retry={retryQuarantine}
          draw={(data) => <QuarantineLists quarantine={data} />}
        />
      </section>
    </>
  );
}

type HealthStatus = Health["status"];
const healthTone: Readonly<Record<HealthStatus, string>> = {
  ok: "good",
  degraded: "warning",
  failing: "critical",
};
const healthIcon: Readonly<Record<HealthStatus, IconName>> = {
  ok: "good",
  degraded: "warning",
  failing: "critical",
};

function HealthLines({ health }: { health: Health }) {
  const { language, dateTime } = useWords();
  const t = systemTexts[language];
  return (
    <>
      <p>
        <HealthPill status={health.status} />{" "}
        <span class="soft">{t.runningSince(dateTime(health.startedAtMs))}</span>
      </p>
      <ul class="checks">
        {health.checks.map((check) => (
          <li key={check.name}>
            <HealthPill status={check.status} />
            <span>
              <strong title={check.name}>{check.label[language]}</strong>{" "}
              <span class="soft">{check.says[language]}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function HealthPill({ status }: { status: HealthStatus }) {
  const t = systemTexts[useWords().language];
  return (
    <span class={`pill ${healthTone[status]}`}>
      <Icon name={healthIcon[status]} />
      {t.healthStatus[status]}
    </span>
  );
}

function QuarantineLists({ quarantine }: { quarantine: Quarantine }) {
  const words = useWords();
  const t = systemTexts[words.language];
  if (quarantine.total === 0) {
    return (
      <Empty icon="good">
        <p>{t.quarantineEmpty}</p>
      </Empty>
    );
  }
  const reasons = Object.entries(quarantine.byReason).sort(([, a], [, b]) => b - a);
  return (
    <>
      <p class="soft">{t.quarantineTotal(words.number(quarantine.total, 1))}</p>
      <h3>{t.byReason}</h3>
      <ul class="reasons">
        {reasons.map(([reason, count]) => (
          <li key={reason}>
            <span title={reason}>{t.reason[reason] ?? reason}</span>
            <strong>{words.number(count, 1)}</strong>
            <meter min={0} max={reasons[0]?.[1] ?? 1} value={count} aria-hidden="true" />
          </li>
        ))}
      </ul>
      <h3>{t.newestEntries}</h3>
      <ul class="entries">
        {quarantine.entries.map((entry) => (
          <Entry key={`${entry.position} ${entry.quantity} ${entry.measuredAtMs}`} entry={entry} />
        ))}
      </ul>
    </>
  );
}

function Entry({ entry }: { entry: Quarantine["entries"][number] }) {
  const t = systemTexts[useWords().language];
  return (
    <li class="entry">
      <p>
        <strong>{t.reason[entry.reason] ?? entry.reason}</strong>{" "}
        <span class="soft">
          {entry.device} · <Age atMs={entry.receivedAtMs} />
        </span>
      </p>
      <p>{entry.detail}</p>
      <details>
        <summary>{t.rawBytes}</summary>
        <p class="soft">
          {entry.topic} · {entry.decoder} · #{entry.position}
        </p>
        <pre>{entry.payload}</pre>
      </details>
    </li>
  );
}
