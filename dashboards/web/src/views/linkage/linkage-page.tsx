import { type LinkageChoices, linkage } from "../../data/linkage.ts";
import { hrefOf, type Route } from "../../route.ts";
import { Empty, Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { MapView } from "./map-view.tsx";
import { ModelDetail } from "./model-detail.tsx";
import { ModelList } from "./model-list.tsx";
import { ScoreView } from "./score-view.tsx";
import { SnapshotsView } from "./snapshots-view.tsx";
import { periodName, useLinkageWords } from "./use-linkage.ts";

type LinkageRoute = Extract<Route, { page: "linkage" }>;

/** How many linkage models apply digital technology: results, models down to readings, map, and what was frozen. */
export function LinkagePage({ route }: { route: LinkageRoute }) {
  const { api } = usePage();
  const { l } = useLinkageWords();
  const [choices, retry] = useLoaded((signal) => linkage.choices(api, route.plan, signal), [api, route.plan]);
  return (
    <>
      <h1>{l.title}</h1>
      <LinkageTabs route={route} />
      <Shown
        of={choices}
        blocks={3}
        retry={retry}
        draw={(data) =>
          data.records.models === 0 ? <EmptyRegister /> : <Chosen route={route} choices={data} />
        }
      />
    </>
  );
}

function LinkageTabs({ route }: { route: LinkageRoute }) {
  const { l } = useLinkageWords();
  return (
    <nav class="tabs linkage-tabs" aria-label={l.title}>
      {(["score", "models", "map", "snapshots"] as const).map((view) => (
        <a
          key={view}
          href={hrefOf({ ...route, view, id: null })}
          aria-current={view === route.view ? "true" : undefined}
        >
          {l.tabs[view]}
        </a>
      ))}
    </nav>
  );
}

function EmptyRegister() {
  const { l } = useLinkageWords();
  return (
    <Empty icon="link">
      <p>{l.emptyRegister}</p>
      <p>
        {l.fillRegister} <code>canhdong linkage import</code>
      </p>
    </Empty>
  );
}

function Chosen({ route, choices }: { route: LinkageRoute; choices: LinkageChoices }) {
  const asked = { plan: route.plan ?? choices.plan, period: route.period ?? choices.period };
  const period = choices.periods.find(({ name }) => name === asked.period);
  return (
    <>
      <Choices route={route} choices={choices} asked={asked} />
      {route.view === "score" && <ScoreView asked={asked} />}
      {route.view === "models" && route.id === null && <ModelList asked={asked} />}
      {route.view === "models" && route.id !== null && (
        <ModelDetail key={route.id} id={route.id} asked={asked} />
      )}
      {route.view === "map" && <MapView asked={asked} />}
      {route.view === "snapshots" && <SnapshotsView asked={asked} period={period} />}
    </>
  );
}

interface ChoicesProps {
  readonly route: LinkageRoute;
  readonly choices: LinkageChoices;
  readonly asked: { readonly plan: string; readonly period: string };
}

/** Every choice is an address, so the back button undoes it. */
function Choices({ route, choices, asked }: ChoicesProps) {
  const { l } = useLinkageWords();
  const goTo = (chosen: Partial<LinkageRoute>) => location.assign(hrefOf({ ...route, ...chosen }));
  return (
    <div class="linkage-choices">
      <label class="field">
        {l.plan}
        <select value={asked.plan} onChange={(event) => goTo({ plan: event.currentTarget.value })}>
          {choices.plans.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {l.period}
        <select value={asked.period} onChange={(event) => goTo({ period: event.currentTarget.value })}>
          {choices.periods.map(({ name, closed }) => (
            <option key={name} value={name}>
              {closed ? periodName(l, name) : l.lasting(periodName(l, name))}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
