import { useState } from "preact/hooks";
import { type Pack, type RuleBooks, type RuleInfo, ruleBooks } from "../../data/rules.ts";
import { hrefOf } from "../../route.ts";
import { rulesTexts } from "../../text/rules-texts.ts";
import { AlertTabs } from "../alert-tabs.tsx";
import { ChoiceField } from "../form-parts.tsx";
import { Empty, Shown } from "../notices.tsx";
import { usePage, useSignedIn, useWords } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { ArmingForm, ArmingWord } from "./arming.tsx";
import { RuleCard } from "./rule-card.tsx";
import { Trial } from "./trial.tsx";
import { type TryChoice, TryForm, usualChoice } from "./try-form.tsx";

/** What is watched here and what could be, with limits and sources; and what each rule would have done with what was measured. */
export function RulesPage({ pack }: { pack: string | null }) {
  const { api, words } = usePage();
  const t = rulesTexts[words.language];
  const [books, retry] = useLoaded((signal) => ruleBooks(api, signal), [api]);
  return (
    <>
      <h1>{t.title}</h1>
      <AlertTabs current="rules" />
      <p class="soft">{t.intro}</p>
      <Shown
        of={books}
        blocks={3}
        retry={retry}
        draw={(data) => <Book key={pack ?? ""} books={data} name={pack} />}
      />
    </>
  );
}

function Book({ books, name }: { books: RuleBooks; name: string | null }) {
  const t = rulesTexts[useWords().language];
  const [choice, setChoice] = useState<TryChoice>(usualChoice);
  const [here, setHere] = useState(books.here);
  const pack = books.packs.find((each) => each.name === name);
  const rules = pack?.rules ?? here;
  return (
    <>
      <section class="panel try">
        <BookChoice packs={books.packs} chosen={pack?.name ?? null} />
        <TryForm choice={choice} onChoose={setChoice} />
        {rules.length > 0 && (
          <Trial
            asks={{ ...choice, pack: pack?.name ?? null, rule: null }}
            label={t.tryBook}
            titles={titlesOf(rules)}
          />
        )}
      </section>
      {pack !== undefined && <HowToUse pack={pack} here={here} />}
      {rules.length === 0 && (
        <Empty icon="bell">
          <p>{t.noRules}</p>
        </Empty>
      )}
      <ul class="rules">
        {rules.map((rule) => (
          <RuleCard key={rule.name} rule={rule} here={here}>
            <Trial
              asks={{ ...choice, pack: pack?.name ?? null, rule: rule.name }}
              label={t.tryRule}
              titles={titlesOf([rule])}
            >
              {pack === undefined && !rule.armed && <ArmingForm rule={rule} onDone={setHere} />}
            </Trial>
            {pack === undefined && <ArmingWord rule={rule} />}
            {pack === undefined && rule.armed && <ArmingForm rule={rule} onDone={setHere} />}
          </RuleCard>
        ))}
      </ul>
    </>
  );
}

function titlesOf(rules: readonly RuleInfo[]): ReadonlyMap<string, RuleInfo["title"]> {
  return new Map(rules.map(({ name, title }) => [name, title]));
}

function BookChoice({ packs, chosen }: { packs: readonly Pack[]; chosen: string | null }) {
  const { language, pick } = useWords();
  const t = rulesTexts[language];
  return (
    <ChoiceField
      label={t.book}
      value={chosen ?? ""}
      onInput={(name) => location.assign(hrefOf({ page: "rules", pack: name === "" ? null : name }))}
      choices={[
        ["", t.here],
        ...packs.map(
          ({ name, about }) => [name, about === null ? name : `${pick(about)} (${name})`] as const,
        ),
      ]}
    />
  );
}

/** Which packs there are is the configuration's to say; the page says how. */
function HowToUse({ pack, here }: { pack: Pack; here: readonly RuleInfo[] }) {
  const { me } = useSignedIn();
  const t = rulesTexts[useWords().language];
  const used = new Set(here.map(({ name }) => name));
  const isUsed = pack.rules.every(({ name, armed }) => !armed || used.has(name));
  const hasUnconfirmed = pack.rules.some(({ armed }) => !armed);
  if (isUsed && !hasUnconfirmed) return null;
  return (
    <section class="panel">
      {!isUsed && (
        <>
          <p>{t.howToUse}</p>
          <pre>{`rules:\n  - ${pack.name}`}</pre>
        </>
      )}
      {hasUnconfirmed && <p class={me.role === "admin" ? "" : "soft"}>{t.howToArm}</p>}
    </section>
  );
}
