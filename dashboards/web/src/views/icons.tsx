import drawings from "./icons.svg";

/**
 * The drawings of `icons.svg`: by hand, on a 24 × 24 grid, one stroke width, so that they stay legible small and in the
 * sun. Kinds of places and conditions are drawn under their own names.
 */
export type IconName =
  | "parcel"
  | "pond"
  | "shed"
  | "field"
  | "bell"
  | "pulse"
  | "person"
  | "check"
  | "good"
  | "warning"
  | "critical"
  | "info"
  | "silent"
  | "waiting"
  | "signal"
  | "search"
  | "left"
  | "right"
  | "toEnd"
  | "download"
  | "table"
  | "pin"
  | "device"
  | "link"
  | "battery"
  | "offline";

/** A drawing that goes with a text. It says nothing by itself, so it is hidden from who listens. */
export function Icon({ name, level }: { name: IconName; level?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <use href={`${drawings}#${name}`} />
      {level !== undefined && (
        <path class="icon-fill" d={`M5 10h${(11.5 * clamped(level)).toFixed(1)}v4H5z`} />
      )}
    </svg>
  );
}

function clamped(level: number): number {
  return Math.min(1, Math.max(0, level));
}
