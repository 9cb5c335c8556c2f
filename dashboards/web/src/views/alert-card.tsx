import { useState } from "preact/hooks";
import type { AlertInfo } from "../../../../app/http/shapes.ts";
import type { Acknowledgement } from "../data/farm.ts";
import { alertHref } from "../route.ts";
import { AllAlerts } from "./alert-strip.tsx";
import { Icon } from "./icons.tsx";
import { lazyPage } from "./lazy-page.tsx";
import { Age, ConditionPill } from "./notices.tsx";
import { usePage, useSignedIn, useWords } from "./page.ts";
import { useValue } from "./use-value.ts";

export function AlertCards({ alerts }: { alerts: readonly AlertInfo[] }) {
  return (
    <ul class="alerts">
      {alerts.map((alert) => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
    </ul>
  );
}

const mostOnPlace = 2;

/** On the page of a place or a device: the most urgent ones, so that the charts stay within reach. */
export function AlertsHere({ alerts }: { alerts: readonly AlertInfo[] }) {
  if (alerts.length === 0) return null;
  return (
    <>
      <AlertCards alerts={alerts.slice(0, mostOnPlace)} />
      {alerts.length > mostOnPlace && <AllAlerts n={alerts.length} />}
    </>
  );
}

function AlertCard({ alert }: { alert: AlertInfo }) {
  const { pick } = useWords();
  const tone = alert.state === "resolved" ? "over" : alert.severity;
  return (
    <li class={`card alert ${tone}`} data-alert={alert.id} data-state={alert.state}>
      <header class="alert-head">
        <ConditionPill condition={alert.severity} />
        <h2>{pick(alert.title)}</h2>
        <p class="soft">
          <a href={alertHref(alert)}>{alert.placeName ?? alert.device}</a>
          {alert.placeName !== null && ` · ${alert.device}`} <Times alert={alert} />
        </p>
      </header>
      <Measured alert={alert} />
      {alert.state !== "resolved" && <Advice text={pick(alert.advice)} byMs={alert.actByMs} />}
      <Seen alert={alert} />
      <History alert={alert} />
    </li>
  );
}

const AlertHistory = lazyPage(async () => (await import("./alert-history.tsx")).AlertHistory);

function History({ alert }: { alert: AlertInfo }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.alertHistory}</summary>
      {isOpen && <AlertHistory alert={alert} />}
    </details>
  );
}

function Times({ alert }: { alert: AlertInfo }) {
  const { clock, words } = usePage();
  const { t } = words;
  const nowMs = useValue(clock.nowMs);
  if (alert.resolvedAtMs !== null) {
    const lasted = words.duration(alert.resolvedAtMs - alert.firedAtMs);
    return (
      <span>
        · {t.endedAt(words.moment(alert.resolvedAtMs, nowMs))} · {t.lasted(lasted)}
      </span>
    );
  }
  return (
    <span>
      · {t.since(words.moment(alert.firedAtMs, nowMs))} (<Age atMs={alert.firedAtMs} />)
    </span>
  );
}

function Measured({ alert }: { alert: AlertInfo }) {
  const words = useWords();
  const { t } = words;
  const quantity = useValue(useSignedIn().farm.quantities).get(alert.quantity ?? "");
  if (alert.value === null && alert.limit === null) return null;
  return (
    <dl class="measured">
      {alert.value !== null && (
        <div>
          <dt>{quantity === undefined ? t.measured : words.pick(quantity.label)}</dt>
          <dd class="measured-value">{words.value(alert.value, quantity)}</dd>
        </div>
      )}
      {alert.limit !== null && (
        <div>
          <dt>{t.limit}</dt>
          <dd>{words.value(alert.limit, quantity)}</dd>
        </div>
      )}
    </dl>
  );
}

function Advice({ text, byMs }: { text: string; byMs: number | null }) {
  const { clock, words } = usePage();
  const { t } = words;
  const nowMs = useValue(clock.nowMs);
  if (text === "") return null;
  return (
    <div class="advice">
      <h3>{t.whatToDo}</h3>
      <p>{text}</p>
      {byMs !== null && (
        <p>
          <strong>{t.actBy(words.moment(byMs, nowMs))}</strong>
        </p>
      )}
    </div>
  );
}

/** Long enough to walk to the field and see to it. */
const snoozeMinutes = 120;

/** Who has seen it; or the way to say so. What comes of it is read out. */
function Seen({ alert }: { alert: AlertInfo }) {
  const { t } = useWords();
  const { farm, me } = useSignedIn();
  const standing = useValue(farm.acknowledgements).get(alert.id);
  return (
    <div class="seen" role="status">
      {standing !== undefined && standing !== "sending" && <Refused standing={standing} />}
      {alert.state === "firing" && (
        <>
          <button type="button" class="button primary" onClick={() => void farm.acknowledge(alert, me.name)}>
            <Icon name="check" />
            {t.acknowledge}
          </button>
          <button type="button" class="button" onClick={() => void farm.snooze(alert, snoozeMinutes)}>
            {t.snooze}
          </button>
        </>
      )}
      {alert.snoozedUntilMs !== null && <SnoozedUntil untilMs={alert.snoozedUntilMs} />}
      {alert.acknowledgedAtMs !== null && (
        <p class="soft">
          <Icon name="check" /> {standing === "sending" ? t.acknowledging : <SeenBy alert={alert} />}
        </p>
      )}
    </div>
  );
}

function SnoozedUntil({ untilMs }: { untilMs: number }) {
  const { clock, words } = usePage();
  return <p class="soft">{words.t.snoozedUntil(words.moment(untilMs, useValue(clock.nowMs)))}</p>;
}

function SeenBy({ alert }: { alert: AlertInfo }) {
  const { clock, words } = usePage();
  const when = words.moment(alert.acknowledgedAtMs ?? 0, useValue(clock.nowMs));
  const { t } = words;
  return (
    <>{alert.acknowledgedBy === null ? t.acknowledged(when) : t.acknowledgedBy(alert.acknowledgedBy, when)}</>
  );
}

function Refused({ standing }: { standing: Exclude<Acknowledgement, "sending"> }) {
  const { t } = useWords();
  return (
    <p class="notice critical">
      {t.acknowledgeFailed} {t.failure[standing]}
    </p>
  );
}
