import type { AlertInfo } from "../../../../app/http/shapes.ts";
import { deviceHref, placeHref } from "../route.ts";
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
      <a class="strip-all" href="#/alerts">
        {t.allAlerts(alerts.length)}
        <Icon name="right" />
      </a>
    </section>
  );
}

function StripLine({ alert }: { alert: AlertInfo }) {
  const { t, pick } = useWords();
  const href = alert.place === null ? deviceHref(alert.device) : placeHref(alert.place);
  return (
    <li class={`strip-line ${alert.severity}`}>
      <a href={href}>
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
