import { useRef } from "preact/hooks";
import type { QuantityInfo } from "../../../../app/http/shapes.ts";
import type { PlaceValue } from "../data/places.ts";
import { Icon } from "./icons.tsx";
import { useWords } from "./page.ts";

/** One quantity of a place or a device: the number large, its unit small, its name below. */
export function ValueTile({ value, quantity }: { value: PlaceValue; quantity: QuantityInfo | undefined }) {
  const words = useWords();
  const low = words.number(value.min, quantity?.resolution);
  const high = words.number(value.max, quantity?.resolution);
  return (
    <div class={value.alerted ? "tile alerted" : "tile"}>
      <dt>
        {value.alerted && <Icon name="warning" />}
        {quantity === undefined ? value.quantity : words.pick(quantity.label)}
      </dt>
      <dd class={low === high ? "" : "range"}>
        <Fresh atMs={value.measuredAtMs} text={low === high ? low : `${low}–${high}`} />
        {quantity !== undefined && quantity.symbol !== "" && <span class="unit"> {quantity.symbol}</span>}
      </dd>
    </div>
  );
}

/** Lights up for a moment when a newer reading has come. */
function Fresh({ atMs, text }: { atMs: number; text: string }) {
  const first = useRef(atMs);
  return (
    <span key={atMs} class={atMs === first.current ? "number" : "number fresh"}>
      {text}
    </span>
  );
}
