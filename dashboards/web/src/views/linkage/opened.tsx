import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** What is asked for only when somebody wants to see it. */
export function Opened({ title, draw }: { title: string; draw: () => ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && draw()}
    </details>
  );
}
