import type { ComponentChildren } from "preact";
import type { PlaceKind } from "../../../../app/http/shapes.ts";
import type { Condition } from "../data/places.ts";
import { Icon } from "./icons.tsx";
import { ConditionPill } from "./notices.tsx";

export interface HeadProps {
  /** Which drawing it is known by. */
  readonly kind: PlaceKind | "device";
  readonly condition: Condition;
  /** On a card, or at the top of its own page. */
  readonly on: "card" | "page";
  readonly children: ComponentChildren;
}

/** The emblem of a place or a device, what is said of it, and how it is doing. */
export function Head({ kind, condition, on, children }: HeadProps) {
  return (
    <header class={`${on}-head`}>
      <span class={`emblem ${kind}`}>
        <Icon name={kind} />
      </span>
      <div>{children}</div>
      <ConditionPill condition={condition} />
    </header>
  );
}
