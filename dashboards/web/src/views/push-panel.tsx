import { useState } from "preact/hooks";
import { type Push, pushOf, tellHere, tellNowhere } from "../data/push.ts";
import { pushTexts } from "../text/push-texts.ts";
import { Icon } from "./icons.tsx";
import { Shown } from "./notices.tsx";
import { usePage } from "./page.ts";
import { useLoaded } from "./use-loaded.ts";

/** Lets this browser be told of alerts with the page closed; or says why it cannot. */
export function PushPanel() {
  const { api, words } = usePage();
  const t = pushTexts[words.language];
  const [push, reload] = useLoaded((signal) => pushOf(api, signal), [api]);
  return (
    <section class="panel narrow push">
      <h2>{t.title}</h2>
      <p class="soft">{t.intro}</p>
      <Shown
        of={push}
        blocks={1}
        retry={reload}
        draw={(data) => <PushSwitch push={data} reload={reload} />}
      />
    </section>
  );
}

function PushSwitch({ push, reload }: { push: Push; reload(): void }) {
  const { api, words } = usePage();
  const t = pushTexts[words.language];
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const run = (work: Promise<void>) => {
    setBusy(true);
    setFailed(false);
    work
      .catch(() => setFailed(true))
      .finally(() => {
        setBusy(false);
        reload();
      });
  };
  const { ability, place, key } = push;
  return (
    <>
      {ability !== "able" && <p class="notice info">{t.ability[ability]}</p>}
      {ability !== "not-configured" && (
        <p role="status">
          <Icon name={place === "here" ? "bell" : "silent"} /> {t.place[place]}
        </p>
      )}
      {failed && (
        <p class="notice critical" role="alert">
          {t.failed}
        </p>
      )}
      {ability === "able" && place !== "here" && (
        <>
          <p class="soft">{t.consent}</p>
          <button
            type="button"
            class="button primary"
            disabled={busy}
            onClick={() => run(tellHere(api, key))}
          >
            <Icon name="bell" />
            {t.turnOn}
          </button>
        </>
      )}
      {place !== "nowhere" && (
        <button type="button" class="button" disabled={busy} onClick={() => run(tellNowhere(api))}>
          {t.turnOff}
        </button>
      )}
    </>
  );
}
