import { useState } from "preact/hooks";
import { type Cultivation, cultivationsOf, tellCultivation } from "../data/cultivation.ts";
import { localDate } from "../data/window.ts";
import { type CultivationTexts, cultivationTexts } from "../text/cultivation-texts.ts";
import { ChoiceField, Form, TextField } from "./form-parts.tsx";
import { Icon } from "./icons.tsx";
import { Shown } from "./notices.tsx";
import { usePage, useSignedIn, useWords } from "./page.ts";
import { useLoaded } from "./use-loaded.ts";
import { useSending } from "./use-sending.ts";

/** What grows or lives at a place, since when, and what did before. Staff tell what has changed. */
export function CultivationPanel({ place }: { place: string }) {
  const { api, words } = usePage();
  const { me } = useSignedIn();
  const t = cultivationTexts[words.language];
  const [told, reload] = useLoaded((signal) => cultivationsOf(api, place, signal), [api, place]);
  return (
    <section class="panel cultivation">
      <h2>{t.title}</h2>
      <Shown of={told} blocks={1} retry={reload} draw={(data) => <Told cultivations={data} />} />
      {me.role !== "farmer" && (
        <details>
          <summary>{t.tell}</summary>
          <CultivationForm place={place} reload={reload} />
        </details>
      )}
    </section>
  );
}

function Told({ cultivations: [now, ...before] }: { cultivations: readonly Cultivation[] }) {
  const words = useWords();
  const t = cultivationTexts[words.language];
  if (now === undefined) return <p class="soft">{t.unknown}</p>;
  return (
    <>
      <p>
        <Icon name="parcel" /> <strong>{inWords(now, t)}</strong>{" "}
        {t.since(words.dateTime(now.fromMs).slice(6))}
      </p>
      {before.length > 0 && (
        <details>
          <summary>{t.before}</summary>
          <ul class="history">
            {before.map((each) => (
              <li key={each.fromMs}>
                {inWords(each, t)} {t.since(words.dateTime(each.fromMs).slice(6))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function inWords({ crop, variety, stage, soilTexture }: Cultivation, t: CultivationTexts): string {
  const facts = [
    crop === null ? t.nothing : (t.crops[crop] ?? crop),
    variety === null ? null : t.variety(variety),
    stage === null ? null : (t.stages[stage] ?? stage),
    soilTexture === null ? null : t.soil(t.soils[soilTexture] ?? soilTexture),
  ];
  return facts.filter((fact) => fact !== null).join(", ");
}

/** As the choice of a crop; no crop's word. */
const nothingAnyMore = "-";

function CultivationForm({ place, reload }: { place: string; reload(): void }) {
  const { api, clock, words } = usePage();
  const t = cultivationTexts[words.language];
  const sending = useSending();
  const [fromDate, setFromDate] = useState(localDate(clock.nowMs.get()));
  const [crop, setCrop] = useState("");
  const [variety, setVariety] = useState("");
  const [stage, setStage] = useState("");
  const [soilTexture, setSoil] = useState("");
  const submit = async () => {
    const told = {
      fromDate,
      ...(crop !== "" && { crop: crop === nothingAnyMore ? null : crop }),
      ...(variety !== "" && { variety }),
      ...(stage !== "" && { stage }),
      ...(soilTexture !== "" && { soilTexture }),
    };
    if (!(await sending.send(() => tellCultivation(api, place, told)))) return;
    for (const clear of [setCrop, setVariety, setStage, setSoil]) clear("");
    reload();
  };
  return (
    <div class="narrow">
      <p class="soft">{t.hint}</p>
      <Form sending={sending} action={t.save} done={t.saved} onSubmit={() => void submit()}>
        <TextField label={t.from} type="date" value={fromDate} onInput={setFromDate} required />
        <ChoiceField
          label={t.crop}
          value={crop}
          onInput={setCrop}
          choices={[["", t.keep], ...Object.entries(t.crops), [nothingAnyMore, t.none]]}
        />
        <TextField label={t.varietyField} value={variety} onInput={setVariety} />
        <ChoiceField
          label={t.stageField}
          value={stage}
          onInput={setStage}
          choices={[["", t.keep], ...Object.entries(t.stages)]}
        />
        <ChoiceField
          label={t.soilField}
          value={soilTexture}
          onInput={setSoil}
          choices={[["", t.keep], ...Object.entries(t.soils)]}
        />
      </Form>
    </div>
  );
}
