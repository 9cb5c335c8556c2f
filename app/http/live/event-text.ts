import type { LiveEvent } from "../shapes.ts";

/** An event as server-sent events write it. JSON has no line breaks of its own, so one `data:` line holds it. */
export const eventText = (event: LiveEvent) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
