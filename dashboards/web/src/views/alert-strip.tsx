import type { AlertInfo } from "../../../../app/http/shapes.ts";
import { alertHref } from "../route.ts";
import { Icon } from "./icons.tsx";
import { Age } from "./notices.tsx";
import { useWords } from "./page.ts";

const most = 3;

/** The most urgent alerts, above everything else. */
export function AlertStrip({ alerts }: { alerts: readonly AlertInfo[] }) {
  const { t } = useWords();
  if (alerts.length === 0) return null;
  return (
    <section class="strip" aria-label={t.openAlerts}>
      <ul>
        {alerts.slice(0, most).map((alert) => (
          <StripLine key={alert.id} alert={alert} />
        ))}
      </ul>
      <AllAlerts n={alerts.length} />
    </section>
  );
}

export function AllAlerts({ n }: { n: number }) {
  const { t } = useWords();
  return (
    <a class="strip-all" href="#/alerts">
      {t.allAlerts(n)}
      <Icon name="right" />
    </a>
  );
}

function StripLine({ alert }: { alert: AlertInfo }) {
  const { t, pick } = useWords();
  return (
    <li class={`strip-line ${alert.severity}`}>
      <a href={alertHref(alert)}>
        <Icon name={alert.severity} />
        <span class="hidden-text">{t.condition[alert.severity]}: </span>
        <span class="strip-text">
          <strong>{pick(alert.title)}</strong>
          <span class="soft">
            {alert.placeName ?? alert.device} · <Age atMs={alert.firedAtMs} />
            {alert.state === "acknowledged" && ` · ${t.seen}`}
          </span>
        </span>
        <Icon name="right" />
      </a>
    </li>
  );
}
