import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { firingCount } from "../data/alerts.ts";
import type { Value } from "../data/value.ts";
import { hrefOf, type Route } from "../route.ts";
import type { Catalogue } from "../text/catalogue.ts";
import { AccountPage } from "./account-page.tsx";
import { AlertsPage } from "./alerts-page.tsx";
import { DevicePage } from "./device-page.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { lazyPage } from "./lazy-page.tsx";
import { OverviewPage } from "./overview-page.tsx";
import { useSignedIn, useWords } from "./page.ts";
import { PlacePage } from "./place-page.tsx";
import { ConnectionLine, NewAlertLine } from "./status-lines.tsx";
import { useValue } from "./use-value.ts";

const LinkagePage = lazyPage(async () => (await import("./linkage/linkage-page.tsx")).LinkagePage);
const PeoplePage = lazyPage(async () => (await import("./people/people-page.tsx")).PeoplePage);
const SystemPage = lazyPage(async () => (await import("./system-page.tsx")).SystemPage);
const RulesPage = lazyPage(async () => (await import("./rules/rules-page.tsx")).RulesPage);

export interface ShellProps {
  readonly route: Value<Route>;
  readonly updateWaiting: Value<boolean>;
  takeUpdate(): void;
}

/** What stands around every page: the name, the way to the other pages, and how the connection is. */
export function Shell({ route, updateWaiting, takeUpdate }: ShellProps) {
  const { t } = useWords();
  const current = useValue(route);
  const main = useFocusOnNewPage(current);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t.skipToContent}
      </button>
      <header class="band">
        <div class="band-row">
          <a class="brand" href="#/">
            <img src="/icon.svg" alt="" width="36" height="36" />
            Canhdong
          </a>
          <Navigation current={current} />
          <LanguageSwitch />
        </div>
      </header>
      <ConnectionLine />
      {useValue(updateWaiting) && <UpdateLine take={takeUpdate} />}
      <NewAlertLine />
      <main class="content" tabIndex={-1} ref={main}>
        {pageOf(current)}
      </main>
    </div>
  );
}

function pageOf(route: Route): ComponentChildren {
  switch (route.page) {
    case "overview":
      return <OverviewPage />;
    case "place":
      return <PlacePage key={route.id} route={route} />;
    case "device":
      return <DevicePage key={route.id} route={route} />;
    case "alerts":
      return <AlertsPage history={route.history} />;
    case "rules":
      return <RulesPage pack={route.pack} />;
    case "people":
      return <PeoplePage id={route.id} />;
    case "linkage":
      return <LinkagePage route={route} />;
    case "system":
      return <SystemPage />;
    case "account":
      return <AccountPage />;
  }
}

/** Who listens to the page or uses a keyboard starts at the new page's beginning, as after any other link. */
function useFocusOnNewPage(route: Route) {
  const main = useRef<HTMLElement>(null);
  const place = route.page + ("view" in route ? route.view : "") + ("id" in route ? route.id : "");
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [place]);
  return main;
}

function Navigation({ current }: { current: Route }) {
  const { t } = useWords();
  const { farm, me } = useSignedIn();
  const firing = firingCount(useValue(farm.openAlerts).data ?? []);
  useEffect(() => {
    document.title = firing > 0 ? `(${firing}) Canhdong` : "Canhdong";
  }, [firing]);
  return (
    <nav class="navigation" aria-label={t.mainNavigation}>
      {entriesFor(t, me.role !== "farmer").map(({ route, icon, text, pages }) => (
        <a key={text} href={hrefOf(route)} aria-current={pages.includes(current.page) ? "page" : undefined}>
          <Icon name={icon} />
          <span>{text}</span>
          {route.page === "alerts" && firing > 0 && <Count n={firing} label={t.alertsFiring(firing)} />}
        </a>
      ))}
    </nav>
  );
}

function Count({ n, label }: { n: number; label: string }) {
  return (
    <span class="count">
      <span aria-hidden="true">{n > 99 ? "99+" : n}</span>
      <span class="hidden-text">{label}</span>
    </span>
  );
}

interface Entry {
  readonly route: Route;
  readonly icon: IconName;
  readonly text: string;
  /** The pages during which this entry counts as the current one. */
  readonly pages: readonly Route["page"][];
}

const linkageStart = { page: "linkage", view: "score", id: null, plan: null, period: null } as const;

function entriesFor(t: Catalogue, mayStaff: boolean): Entry[] {
  return [
    { route: { page: "overview" }, icon: "field", text: t.overview, pages: ["overview", "place", "device"] },
    { route: { page: "alerts", history: false }, icon: "bell", text: t.alerts, pages: ["alerts", "rules"] },
    ...(mayStaff
      ? ([
          { route: linkageStart, icon: "link", text: t.linkage, pages: ["linkage"] },
          { route: { page: "system" }, icon: "pulse", text: t.system, pages: ["system", "people"] },
        ] as const)
      : []),
    { route: { page: "account" }, icon: "person", text: t.account, pages: ["account"] },
  ];
}

function UpdateLine({ take }: { take: () => void }) {
  const { t } = useWords();
  return (
    <div class="line info" role="status">
      <p>{t.newVersion}</p>
      <button type="button" class="button" onClick={take}>
        {t.reload}
      </button>
    </div>
  );
}
