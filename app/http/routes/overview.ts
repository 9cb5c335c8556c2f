import type { App } from "../app.ts";
import { Overview } from "../shapes.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

/** All that somebody looks after, on one page. */
export function overviewRoutes(app: App, parts: RouteParts): void {
  app.get(
    "/overview",
    {
      schema: {
        tags: ["field"],
        summary: "Places with their devices, newest values and open alerts",
        response: { 200: Overview },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      const nowMs = parts.now();
      const byPlace = Map.groupBy(parts.summaries.devices(view.devices(), view, nowMs), ({ place }) => place);
      const open = parts.summaries.openAlertsByPlace();
      const places = view.places().map((place) => {
        return parts.summaries.place(place, byPlace.get(place.id) ?? [], open.get(place.id) ?? 0);
      });
      return { places, unplaced: byPlace.get(null) ?? [], nowMs };
    },
  );
}
