import { useState } from "preact/hooks";
import { type Asked, type Finding, linkage, type ModelRow } from "../../data/linkage.ts";
import { folded } from "../../data/places.ts";
import { hrefOf } from "../../route.ts";
import { Icon } from "../icons.tsx";
import { Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { FindingPill } from "./finding-pill.tsx";
import { useLinkageWords } from "./use-linkage.ts";

export function ModelList({ asked }: { asked: Asked }) {
  const { api } = usePage();
  const [models, retry] = useLoaded(
    (signal) => linkage.models(api, asked, signal),
    [api, asked.plan, asked.period],
  );
  return (
    <Shown of={models} blocks={4} retry={retry} draw={(data) => <Models models={data} asked={asked} />} />
  );
}

const findings: readonly Finding[] = ["yes", "no", "no-data"];

function Models({ models, asked }: { models: readonly ModelRow[]; asked: Asked }) {
  const { l } = useLinkageWords();
  const [finding, setFinding] = useState<Finding | null>(null);
  const [text, setText] = useState("");
  const shown = models.filter(
    (model) => (finding === null || countedAs(model) === finding) && matches(model, text),
  );
  return (
    <>
      <div class="filters">
        <label class="search">
          <span class="hidden-text">{l.search}</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder={l.search}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <fieldset class="chips" aria-label={l.filter}>
          <FindingChip text={l.all} pressed={finding === null} onPress={() => setFinding(null)} />
          {findings.map((one) => (
            <FindingChip
              key={one}
              text={l.modelFinding[one]}
              count={models.filter((model) => countedAs(model) === one).length}
              pressed={finding === one}
              onPress={() => setFinding(one)}
            />
          ))}
        </fieldset>
      </div>
      {shown.length === 0 && <p class="soft">{l.nothingFound}</p>}
      <ul class="cards">
        {shown.map((model) => (
          <ModelCard key={model.id} model={model} asked={asked} />
        ))}
      </ul>
    </>
  );
}

interface FindingChipProps {
  readonly text: string;
  readonly count?: number;
  readonly pressed: boolean;
  onPress(): void;
}

function FindingChip({ text, count, pressed, onPress }: FindingChipProps) {
  return (
    <button type="button" class="chip" aria-pressed={pressed} onClick={onPress}>
      {text}
      {count !== undefined && <span class="chip-count">{count}</span>}
    </button>
  );
}

function ModelCard({ model, asked }: { model: ModelRow; asked: Asked }) {
  const { l, pick, count } = useLinkageWords();
  const { id, name, product, communes, devices, devicesCounting } = model;
  return (
    <li class="card">
      <h2>
        <a class="card-link" href={hrefOf({ page: "linkage", view: "models", id, ...asked })}>
          {name}
        </a>
      </h2>
      <p class="soft">{[product, ...communes].join(" · ")}</p>
      <p>
        <FindingPill finding={countedAs(model)} texts={l.modelFinding} />
      </p>
      <p>{pick(model.because)}</p>
      <p class="soft">{devices === 0 ? l.noDevice : l.devices(count(devicesCounting), count(devices))}</p>
    </li>
  );
}

/** Telemetry alone is not enough: the model must be one in the decree's sense, and tied to a zone. */
export function countedAs({
  iot,
  eligible,
  zoneTied,
}: Pick<ModelRow, "iot" | "eligible" | "zoneTied">): Finding {
  return iot === "yes" && !(eligible && zoneTied) ? "no" : iot;
}

/** Accents may be left out, as people type on a phone. */
function matches({ name, product, communes }: ModelRow, text: string): boolean {
  return folded([name, product, ...communes].join(" ")).includes(folded(text));
}
