import type { AlertInfo } from "../../../../app/http/shapes.ts";
import { AlertCards } from "./alert-card.tsx";
import { AlertTabs } from "./alert-tabs.tsx";
import { Empty, Shown } from "./notices.tsx";
import { usePage, useSignedIn, useWords } from "./page.ts";
import { useLoaded } from "./use-loaded.ts";
import { useValue } from "./use-value.ts";

const historyLength = 200;

export function AlertsPage({ history }: { history: boolean }) {
  const { t } = useWords();
  return (
    <>
      <h1>{t.alerts}</h1>
      <AlertTabs current={history ? "history" : "open"} />
      {history ? <Past /> : <Open />}
    </>
  );
}

function Open() {
  const { t } = useWords();
  const { farm } = useSignedIn();
  const alerts = useValue(farm.openAlerts);
  return (
    <Shown
      of={alerts}
      blocks={3}
      retry={() => void farm.refresh()}
      draw={(data) => <Listed alerts={data} empty={t.noOpenAlerts} />}
    />
  );
}

function Past() {
  const { t } = useWords();
  const { api } = usePage();
  const [alerts, retry] = useLoaded(() => api.alerts("resolved", historyLength), [api]);
  return (
    <Shown
      of={alerts}
      blocks={3}
      retry={retry}
      draw={(data) => <Listed alerts={data} empty={t.noHistory} />}
    />
  );
}

function Listed({ alerts, empty }: { alerts: readonly AlertInfo[]; empty: string }) {
  if (alerts.length > 0) return <AlertCards alerts={alerts} />;
  return (
    <Empty icon="good">
      <p>{empty}</p>
    </Empty>
  );
}
