import type { ComponentChildren } from "preact";
import type { PlaceKind } from "../../../../app/http/shapes.ts";
import { Icon } from "./icons.tsx";

export interface HeadProps {
  /** Which drawing it is known by. */
  readonly kind: PlaceKind | "device";
  /** On a card, or at the top of its own page. */
  readonly on: "card" | "page";
  readonly children: ComponentChildren;
}

/** The emblem of a place or a device, and what is said of it. */
export function Head({ kind, on, children }: HeadProps) {
  return (
    <header class={`${on}-head`}>
      <span class={`emblem ${kind}`}>
        <Icon name={kind} />
      </span>
      <div>{children}</div>
    </header>
  );
}
