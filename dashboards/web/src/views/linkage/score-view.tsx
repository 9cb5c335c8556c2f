import { type Asked, dayText, type LinkageScore, linkage } from "../../data/linkage.ts";
import { Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { FindingPill } from "./finding-pill.tsx";
import { ShareBar } from "./share-bar.tsx";
import { ShortfallPanel } from "./shortfall-panel.tsx";
import { Trend } from "./trend.tsx";
import { useLinkageWords } from "./use-linkage.ts";

type Indicator = LinkageScore["indicators"][number];

export function ScoreView({ asked }: { asked: Asked }) {
  const { api } = usePage();
  const [score, retry] = useLoaded(
    (signal) => linkage.score(api, asked, signal),
    [api, asked.plan, asked.period],
  );
  return <Shown of={score} blocks={4} retry={retry} draw={(data) => <Score score={data} asked={asked} />} />;
}

function Score({ score, asked }: { score: LinkageScore; asked: Asked }) {
  return (
    <>
      <Standing score={score} />
      <ul class="indicators">
        {score.indicators.map((indicator) => (
          <IndicatorCard key={indicator.indicator} indicator={indicator} />
        ))}
      </ul>
      {score.amounts.length > 0 && <Amounts amounts={score.amounts} />}
      {score.shortfall !== null && <ShortfallPanel shortfall={score.shortfall} asked={asked} />}
    </>
  );
}

/** Over which days, by which plan and which rule: what has to be known before any number is. */
function Standing({ score: { plan, period, rule, models } }: { score: LinkageScore }) {
  const { l, count, pick } = useLinkageWords();
  return (
    <section class="panel">
      <p>
        <strong>{l.summary(count(models.running), count(models.zoneTied))}</strong>
      </p>
      <p class="soft">
        {l.span(dayText(period.from), dayText(period.to))}. {l.dueBefore(dayText(period.dueBefore))}
      </p>
      {!period.closed && <p class="notice info">{l.countedTo(dayText(period.countedTo))}</p>}
      <p class="soft">{plan.document}</p>
      {plan.notes.map((note) => (
        <p key={note.en} class="soft">
          {pick(note)}
        </p>
      ))}
      <p class="soft">{l.rule(rule)}</p>
      {models.attested > 0 && <p class="soft">{l.attested(count(models.attested))}</p>}
    </section>
  );
}

/** Targets that are so many things, and no share of any. */
function Amounts({ amounts }: Pick<LinkageScore, "amounts">) {
  const { l, pick, count } = useLinkageWords();
  return (
    <ul class="indicators">
      {amounts.map(({ indicator, number, name, amount, least, met, wording }) => (
        <li key={indicator} class="card indicator">
          <p class="soft">{l.indicator(number)}</p>
          <h2>{pick(name)}</h2>
          <div class="share-line">
            <strong class="share">{count(amount)}</strong>
            {least !== null && <span>{l.leastOf(count(least))}</span>}
            {met === "no-target" ? (
              <span class="soft">{l.noTarget}</span>
            ) : (
              <FindingPill finding={met} texts={l.finding} />
            )}
          </div>
          <details>
            <summary>{l.wording}</summary>
            <p lang="vi">{wording}</p>
          </details>
        </li>
      ))}
    </ul>
  );
}

function IndicatorCard({ indicator }: { indicator: Indicator }) {
  const { l, pick, number, count } = useLinkageWords();
  const { sharePercent, numerator, denominator, noData } = indicator;
  return (
    <li class={`card indicator ${indicator.picked ? "" : "other-reading"}`}>
      <p class="soft">
        {l.indicator(indicator.number)}
        {!indicator.picked && ` · ${l.otherReading}`}
      </p>
      <h2>{pick(indicator.name)}</h2>
      <div class="share-line">
        <strong class="share">{sharePercent === null ? "–" : `${number(sharePercent, 0.1)}\u00a0%`}</strong>
        <span>
          {denominator === 0 ? l.nothingToCount : l.share(count(numerator), count(denominator))}
          {noData > 0 && <span class="soft"> · {l.noDataOf(count(noData))}</span>}
        </span>
        <FindingPill finding={indicator.met} texts={l.finding} />
      </div>
      <ShareBar {...indicator} />
      <p class="soft">
        {l.target(indicator.operator, number(indicator.percent, 1))} · {l.asOf(dayText(indicator.on))}
      </p>
      <Trend points={indicator.trend} percent={indicator.percent} />
      <details>
        <summary>{l.wording}</summary>
        <p lang="vi">{indicator.wording}</p>
      </details>
    </li>
  );
}
