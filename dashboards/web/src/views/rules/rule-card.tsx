import type { ComponentChildren } from "preact";
import { type RuleInfo, type Standing, standingOf } from "../../data/rules.ts";
import { placeHref } from "../../route.ts";
import { rulesTexts } from "../../text/rules-texts.ts";
import { Icon, type IconName } from "../icons.tsx";
import { ConditionPill } from "../notices.tsx";
import { useSignedIn, useWords } from "../page.ts";
import { useValue } from "../use-value.ts";

export interface RuleCardProps {
  readonly rule: RuleInfo;
  /** The rules of this installation. */
  readonly here: readonly RuleInfo[];
  readonly children: ComponentChildren;
}

const standingTone: Readonly<Record<Standing, { readonly tone: string; readonly icon: IconName }>> = {
  "in-use": { tone: "good", icon: "good" },
  off: { tone: "silent", icon: "silent" },
  "at-hand": { tone: "waiting", icon: "waiting" },
  unconfirmed: { tone: "silent", icon: "info" },
};

export function RuleCard({ rule, here, children }: RuleCardProps) {
  const { language, pick } = useWords();
  const t = rulesTexts[language];
  const quantity = useValue(useSignedIn().farm.quantities).get(rule.quantity ?? "");
  const standing = standingOf(rule, here);
  const { tone, icon } = standingTone[standing];
  return (
    <li class="card rule" data-rule={rule.name} data-standing={standing}>
      <header class="rule-head">
        <span class={`pill ${tone}`}>
          <Icon name={icon} />
          {t.standing[standing]}
        </span>
        <h2>{inBrackets(pick(rule.title), t.placeholder)}</h2>
        <p class="soft">
          {quantity === undefined ? rule.quantity : pick(quantity.label)} <code>{rule.name}</code>
        </p>
      </header>
      <ul class="levels">
        {rule.levels.map((level) => (
          <Level key={level.severity} level={level} />
        ))}
      </ul>
      <Watches rule={rule} />
      {children}
    </li>
  );
}

function Level({ level }: { level: RuleInfo["levels"][number] }) {
  const { language, pick, duration } = useWords();
  const t = rulesTexts[language];
  return (
    <li>
      <p>
        <ConditionPill condition={level.severity} /> <strong>{pick(level.when)}</strong>
        {!level.armed && <span class="soft"> ({t.levelOff})</span>}
      </p>
      <p class="soft">
        {level.source === null ? t.noSource : t.source(level.source)}
        {level.actWithinMs !== null && ` · ${t.actWithin(duration(level.actWithinMs))}`}
      </p>
    </li>
  );
}

/** So many are named: more do not help to recognise whether it is meant for here. */
const mostNamed = 4;

function Watches({ rule: { watches } }: { rule: RuleInfo }) {
  const t = rulesTexts[useWords().language];
  const { devices, places } = watches;
  if (devices === 0) return <p class="soft">{t.watchesNone}</p>;
  if (places.length === 0) return <p class="soft">{t.watchesDevices(devices)}</p>;
  const [only] = places;
  if (places.length === 1 && only !== undefined) {
    return (
      <p class="soft">
        <Icon name="pin" /> {t.watches(1, "")} <a href={placeHref(only.id)}>{only.name}</a>
      </p>
    );
  }
  const named = places
    .slice(0, mostNamed)
    .map(({ name }) => name)
    .join(", ");
  const rest = places.length - mostNamed;
  return (
    <p class="soft">
      <Icon name="pin" /> {t.watches(places.length, rest > 0 ? t.watchesMore(named, rest) : named)}
    </p>
  );
}

/** A title before anything has happened: what will stand there is named. */
export function inBrackets(title: string, names: Readonly<Record<string, string>>): string {
  return title.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
}
