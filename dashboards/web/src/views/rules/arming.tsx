import { useState } from "preact/hooks";
import { armRule, type RuleInfo } from "../../data/rules.ts";
import { rulesTexts } from "../../text/rules-texts.ts";
import { Form, TextField } from "../form-parts.tsx";
import { usePage, useWords } from "../page.ts";
import { useSending } from "../use-sending.ts";

interface ArmingProps {
  readonly rule: RuleInfo;
  /** Called with the rules as they are now. */
  onDone(rules: readonly RuleInfo[]): void;
}

/** Switches a rule on or off. A rule holds for everybody: officers of some communes are refused, and told whom to ask. */
export function ArmingForm({ rule, onDone }: ArmingProps) {
  const { api } = usePage();
  const t = rulesTexts[useWords().language];
  const [reason, setReason] = useState("");
  const sending = useSending({ forbidden: t.askAdmin });
  if (rule.arming === null) return null;
  const isUnconfirmed = !rule.armed && !rule.arming.configured;
  const say = async () => {
    const word = { armed: !rule.armed, reason };
    await sending.send(async () => onDone(await armRule(api, rule.name, word)));
    setReason("");
  };
  return (
    <Form
      sending={sending}
      action={rule.armed ? t.disarm : t.arm}
      done={t.armingDone}
      onSubmit={() => void say()}
    >
      <TextField
        label={t.reason}
        hint={isUnconfirmed ? t.reasonNeeded : t.reasonHint}
        value={reason}
        required={isUnconfirmed}
        onInput={setReason}
      />
    </Form>
  );
}

/** Who had the last word on a rule. */
export function ArmingWord({ rule: { arming } }: { rule: RuleInfo }) {
  const words = useWords();
  const t = rulesTexts[words.language];
  if (arming?.word == null) return null;
  const { armed, who, atMs, reason } = arming.word;
  const said = armed === null ? t.leftToConfiguration : armed ? t.armedBy : t.disarmedBy;
  return (
    <p class="soft">
      {said(who, words.dateTime(atMs))}
      {reason !== null && ` ${t.because(reason)}`}
      {arming.lapsed && ` ${t.lapsed}`}
    </p>
  );
}
