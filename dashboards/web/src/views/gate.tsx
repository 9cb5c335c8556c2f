import type { ComponentChildren } from "preact";
import { LanguageSwitch } from "./language-switch.tsx";
import { useWords } from "./page.ts";

/** The page before anybody may enter: the name, what it is for, and one form. */
export function Gate({ title, children }: { title: string; children: ComponentChildren }) {
  const { t } = useWords();
  return (
    <div class="gate">
      <header class="gate-band">
        <LanguageSwitch />
        <img src="/icon.svg" alt="" width="72" height="72" />
        <p class="gate-name">Canhdong</p>
        <p>{t.tagline}</p>
      </header>
      <main class="gate-form">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
