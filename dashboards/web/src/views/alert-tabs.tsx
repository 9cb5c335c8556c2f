import { hrefOf } from "../route.ts";
import { useSignedIn, useWords } from "./page.ts";

/** What happens, what has happened; and, for staff, what is watched. */
export function AlertTabs({ current }: { current: "open" | "history" | "rules" }) {
  const { t } = useWords();
  const { me } = useSignedIn();
  const tabs = [
    { name: "open", text: t.openAlerts, href: hrefOf({ page: "alerts", history: false }) },
    { name: "history", text: t.history, href: hrefOf({ page: "alerts", history: true }) },
    ...(me.role === "farmer"
      ? []
      : [{ name: "rules", text: t.rules, href: hrefOf({ page: "rules", pack: null }) }]),
  ];
  return (
    <nav class="tabs" aria-label={t.alerts}>
      {tabs.map(({ name, text, href }) => (
        <a key={name} href={href} aria-current={name === current ? "true" : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
