import { useEffect, useMemo, useState } from "preact/hooks";
import type { Language, Me } from "../../../../app/http/shapes.ts";
import type { Api } from "../data/api.ts";
import type { Clock } from "../data/clock.ts";
import type { Farm } from "../data/farm.ts";
import type { Preferences } from "../data/preferences.ts";
import type { Session } from "../data/session.ts";
import type { Value } from "../data/value.ts";
import type { Route } from "../route.ts";
import { createWords } from "../text/words.ts";
import { Gate } from "./gate.tsx";
import { NewPasswordForm } from "./new-password.tsx";
import { Failure, Skeleton } from "./notices.tsx";
import { PageContext, SignedInContext, usePage } from "./page.ts";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";
import { useValue } from "./use-value.ts";

export interface AppParts {
  readonly api: Api;
  readonly session: Session;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly route: Value<Route>;
  /** True once a newer version of the page waits to be shown. */
  readonly updateWaiting: Value<boolean>;
  takeUpdate(): void;
  createFarm(): Farm;
}

export function App(parts: AppParts) {
  const { api, session, clock, preferences } = parts;
  const state = useValue(session.state);
  const [chosen, setChosen] = useState<Language | null>(preferences.language);
  const language = chosen ?? (state.kind === "signed-in" ? state.me.language : "vi");
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const page = useMemo(
    () => ({
      api,
      session,
      clock,
      words: createWords(language),
      setLanguage(next: Language) {
        preferences.rememberLanguage(next);
        setChosen(next);
      },
    }),
    [api, session, clock, preferences, language],
  );
  return (
    <PageContext.Provider value={page}>
      <Entrance {...parts} />
    </PageContext.Provider>
  );
}

function Entrance(parts: AppParts) {
  const { session, words } = usePage();
  const state = useValue(session.state);
  const { t } = words;
  switch (state.kind) {
    case "unknown":
      return (
        <main class="content">
          <Skeleton blocks={3} />
        </main>
      );
    case "unreachable":
      return (
        <Gate title="Canhdong">
          <Failure kind={state.failure} retry={() => void session.check()} />
        </Gate>
      );
    case "signed-out":
      return <SignIn />;
    case "signed-in":
      if (!state.me.mustChangePassword) return <Inside key={state.me.id} me={state.me} {...parts} />;
      return (
        <Gate title={t.changePassword}>
          <p class="notice info">{t.oneTimePassword}</p>
          <NewPasswordForm user={state.me.id} />
        </Gate>
      );
  }
}

function Inside({ me, createFarm, ...parts }: AppParts & { me: Me }) {
  const farm = useMemo(createFarm, [createFarm]);
  useEffect(() => {
    farm.start();
    return farm.stop;
  }, [farm]);
  const signedIn = useMemo(() => ({ me, farm }), [me, farm]);
  return (
    <SignedInContext.Provider value={signedIn}>
      <Shell {...parts} />
    </SignedInContext.Provider>
  );
}
