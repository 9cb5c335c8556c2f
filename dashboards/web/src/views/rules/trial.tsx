import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { QuantityInfo } from "../../../../../app/http/shapes.ts";
import { type TestAnswer, tryRules } from "../../data/rules.ts";
import { type RulesTexts, rulesTexts } from "../../text/rules-texts.ts";
import type { Words } from "../../text/words.ts";
import { Failure } from "../notices.tsx";
import { usePage, useSignedIn, useWords } from "../page.ts";
import { problemText } from "../use-sending.ts";
import { useValue } from "../use-value.ts";
import { inBrackets } from "./rule-card.tsx";
import type { TryChoice } from "./try-form.tsx";

export interface TrialProps {
  readonly asks: TryChoice & { readonly pack: string | null; readonly rule: string | null };
  readonly label: string;
  readonly titles: ReadonlyMap<string, { readonly vi: string; readonly en: string }>;
  /** What may be done once it has been tried. */
  readonly children?: ComponentChildren;
}

const dayMs = 86_400_000;

/** The button that tries rules on the past, and what came of it. */
export function Trial({ asks, label, titles, children }: TrialProps) {
  const { api, clock, words } = usePage();
  const t = rulesTexts[words.language];
  const overview = useValue(useSignedIn().farm.overview).data;
  const [answer, setAnswer] = useState<TestAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = async () => {
    setBusy(true);
    setProblem(null);
    const toMs = clock.nowMs.get();
    const devices = overview?.places.find(({ id }) => id === asks.place)?.devices.map(({ id }) => id) ?? null;
    const span = { fromMs: toMs - asks.days * dayMs, toMs };
    try {
      const { pack, rule } = asks;
      setAnswer(await tryRules(api, { pack, rule, devices, ...span, language: words.language }));
    } catch (error) {
      setAnswer(null);
      setProblem(await problemText(error, {}, words));
    }
    setBusy(false);
  };

  return (
    <div class="trial" aria-busy={busy}>
      <button
        type="button"
        class="button"
        aria-disabled={busy || undefined}
        onClick={() => busy || void run()}
      >
        {busy ? t.trying : label}
      </button>
      <div role="status">{answer !== null && <Outcome answer={answer} titles={titles} />}</div>
      {problem !== null && <Failure kind="refused" text={problem} />}
      {answer !== null && children}
    </div>
  );
}

function Outcome({ answer, titles }: { answer: TestAnswer; titles: TrialProps["titles"] }) {
  const words = useWords();
  const { quantities } = useSignedIn().farm;
  const known = useValue(quantities);
  const t = rulesTexts[words.language];
  const { readings, devices, rules, leftOut, plot, episodes } = answer;
  if (readings === 0 && rules.length > 0) return <p class="notice info">{t.noReadings}</p>;
  return (
    <div class="outcome">
      {rules.length > 0 && <p class="verdict">{sentenceOf(words.pick(answer.words))}</p>}
      {rules.length > 0 && <p class="soft">{t.tried(words.number(readings, 1), devices)}</p>}
      {leftOut.length > 0 && <p class="soft">{t.silenceLeftOut}</p>}
      {plot !== null && (
        <img
          class="plot"
          src={`data:image/svg+xml,${encodeURIComponent(plot.svg)}`}
          alt={t.plot(plot.device)}
        />
      )}
      {rules.length > 1 && <ByRule answer={answer} titles={titles} />}
      {episodes.length > 0 && <Episodes episodes={episodes} quantities={known} />}
    </div>
  );
}

function ByRule({ answer, titles }: { answer: TestAnswer; titles: TrialProps["titles"] }) {
  const { language, pick } = useWords();
  const t = rulesTexts[language];
  const told = [...answer.rules].sort((one, other) => other.fired - one.fired);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section class="table-frame" tabIndex={0} aria-label={t.rule}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.rule}</th>
            <th scope="col">{t.fired}</th>
            <th scope="col">{t.atNight}</th>
            <th scope="col">{t.inFault}</th>
          </tr>
        </thead>
        <tbody>
          {told.map(({ name, fired, atNight, withinProbeFault }) => (
            <tr key={name}>
              <th scope="row">
                {inBrackets(pick(titles.get(name) ?? { vi: name, en: name }), t.placeholder)}
              </th>
              <td>{fired}</td>
              <td>{atNight}</td>
              <td>{withinProbeFault}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const mostEpisodes = 50;

interface EpisodesProps {
  readonly episodes: TestAnswer["episodes"];
  readonly quantities: ReadonlyMap<string, QuantityInfo>;
}

function Episodes({ episodes, quantities }: EpisodesProps) {
  const words = useWords();
  const t = rulesTexts[words.language];
  return (
    <details>
      <summary>{t.episodes(episodes.length)}</summary>
      <ul class="episodes">
        {episodes.slice(0, mostEpisodes).map((each) => (
          <li key={`${each.rule} ${each.device} ${each.firedAtMs}`}>
            <strong>{words.dateTime(each.firedAtMs)}</strong> {each.device}
            <span class="soft"> · {factsOf(each, words, t, quantities).join(" · ")}</span>
          </li>
        ))}
      </ul>
      {episodes.length > mostEpisodes && <p class="soft">{t.mostShown(mostEpisodes)}</p>}
    </details>
  );
}

function factsOf(
  { value, quantity, firedAtMs, endedAtMs, atNight, withinProbeFault }: TestAnswer["episodes"][number],
  words: Words,
  t: RulesTexts,
  quantities: EpisodesProps["quantities"],
): string[] {
  return [
    ...(value === null ? [] : [words.value(value, quantities.get(quantity))]),
    endedAtMs === null ? t.stillOn : words.t.lasted(words.duration(endedAtMs - firedAtMs)),
    ...(atNight ? [t.nightMark] : []),
    ...(withinProbeFault ? [t.faultMark] : []),
  ];
}

function sentenceOf(words: string): string {
  return `${words.charAt(0).toLocaleUpperCase("vi")}${words.slice(1)}.`;
}
