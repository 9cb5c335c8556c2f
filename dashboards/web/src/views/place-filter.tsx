import type { PlaceKind } from "../../../../app/http/shapes.ts";
import type { PlaceFilter } from "../data/places.ts";
import { Icon, type IconName } from "./icons.tsx";
import { useWords } from "./page.ts";

export interface PlaceFilterProps {
  readonly filter: PlaceFilter;
  readonly counts: Readonly<Record<PlaceKind, number>>;
  /** Places that somebody should look at. */
  readonly attention: number;
  onChange(filter: PlaceFilter): void;
}

export function PlaceFilterBar({ filter, counts, attention, onChange }: PlaceFilterProps) {
  const { t } = useWords();
  const kinds = (Object.keys(counts) as PlaceKind[]).filter((kind) => counts[kind] > 0);
  return (
    <div class="filters">
      <label class="search">
        <span class="hidden-text">{t.search}</span>
        <Icon name="search" />
        <input
          type="search"
          placeholder={t.search}
          value={filter.text}
          onInput={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <fieldset class="chips" aria-label={t.filterByKind}>
        <Chip
          text={t.everyKind}
          pressed={filter.kind === null && !filter.attention}
          onPress={() => onChange({ ...filter, kind: null, attention: false })}
        />
        {(attention > 0 || filter.attention) && (
          <Chip
            text={t.needsAttention}
            icon="warning"
            count={attention}
            pressed={filter.attention}
            onPress={() => onChange({ ...filter, attention: !filter.attention })}
          />
        )}
        {kinds.map((kind) => (
          <Chip
            key={kind}
            text={t.kind[kind]}
            icon={kind}
            count={counts[kind]}
            pressed={filter.kind === kind}
            onPress={() => onChange({ ...filter, kind: filter.kind === kind ? null : kind })}
          />
        ))}
      </fieldset>
    </div>
  );
}

interface ChipProps {
  readonly text: string;
  readonly icon?: IconName;
  readonly count?: number;
  readonly pressed: boolean;
  onPress(): void;
}

function Chip({ text, icon, count, pressed, onPress }: ChipProps) {
  return (
    <button type="button" class="chip" aria-pressed={pressed} onClick={onPress}>
      {icon !== undefined && <Icon name={icon} />}
      {text}
      {count !== undefined && <span class="chip-count">{count}</span>}
    </button>
  );
}
