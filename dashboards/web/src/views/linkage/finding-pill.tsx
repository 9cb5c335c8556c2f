import type { Finding } from "../../data/linkage.ts";
import { Icon, type IconName } from "../icons.tsx";

const tones: Readonly<Record<Finding, readonly [tone: string, icon: IconName]>> = {
  yes: ["good", "good"],
  no: ["warning", "warning"],
  "no-data": ["waiting", "waiting"],
};

/** Told by colour, drawing and words alike: what nobody reported looks like neither yes nor no. */
export function FindingPill({
  finding,
  texts,
}: {
  finding: Finding;
  texts: Readonly<Record<Finding, string>>;
}) {
  const [tone, icon] = tones[finding];
  return (
    <span class={`pill ${tone}`}>
      <Icon name={icon} />
      {texts[finding]}
    </span>
  );
}
