import { hrefOf } from "../route.ts";
import { systemTexts } from "../text/system-texts.ts";
import { useWords } from "./page.ts";

/** For staff: how the server is, and who is told. */
export function SystemTabs({ current }: { current: "system" | "people" }) {
  const { t, language } = useWords();
  const tabs = [
    { name: "system", text: systemTexts[language].health, href: hrefOf({ page: "system" }) },
    { name: "people", text: t.people, href: hrefOf({ page: "people", id: null }) },
  ];
  return (
    <nav class="tabs" aria-label={t.system}>
      {tabs.map(({ name, text, href }) => (
        <a key={name} href={href} aria-current={name === current ? "true" : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
