import type { View } from "../access.ts";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import type { Alert } from "../http-parts.ts";
import { ById } from "../management-shapes.ts";
import { AlertDeliveries, AlertHistory, SnoozeInput } from "../people-shapes.ts";
import { notFound } from "../problems.ts";
import { AcknowledgementQuery, Acknowledgements, AlertInfo, AlertList, AlertQuery } from "../shapes.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["alerts"];

/** What happened on places that the caller may see, wherever the devices stand today. */
export function alertRoutes(app: App, parts: RouteParts): void {
  const { watch, summaries } = parts;

  app.get(
    "/alerts",
    {
      schema: {
        tags,
        summary: "Alerts, newest first",
        querystring: AlertQuery,
        response: { 200: AlertList },
      },
    },
    async (request) => {
      const { state, device, limit } = request.query;
      const view = viewOf(parts, request);
      const alerts = seenAlerts({ state, ...(device !== undefined && { device }) }, limit, view);
      return { alerts: alerts.map(summaries.alert) };
    },
  );

  app.get(
    "/devices/:id/acknowledgements",
    {
      schema: {
        tags,
        summary: "When persons took care of a device's alerts, for as long as these are kept",
        params: ById,
        querystring: AcknowledgementQuery,
        response: { 200: Acknowledgements },
      },
    },
    async (request) => {
      const { id } = request.params;
      const view = viewOf(parts, request);
      // Whoever sees everything may also ask of devices that are gone.
      if (!view.everything) view.device(id);
      const visibleFromMs = Math.max(request.query.fromMs, view.visibleFromMs(id));
      return { acknowledgedAtMs: [...watch.acknowledgedAt(id, { ...request.query, fromMs: visibleFromMs })] };
    },
  );

  app.get(
    "/alerts/:id",
    { schema: { tags, summary: "One alert", params: ById, response: { 200: AlertInfo } } },
    async (request) => summaries.alert(seenAlert(request.params.id, viewOf(parts, request))),
  );

  app.post(
    "/alerts/:id/acknowledge",
    {
      schema: {
        tags,
        summary: "Somebody takes care of it; acknowledging twice keeps the first",
        params: ById,
        response: { 200: AlertInfo },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      const { id } = seenAlert(request.params.id, view);
      watch.acknowledge(id, callerOf(request).id, parts.now());
      return summaries.alert(seenAlert(id, view));
    },
  );

  app.post(
    "/alerts/:id/snooze",
    {
      schema: {
        tags,
        summary: "Hear no more of it for a while; then it fires again, unless it is over",
        params: ById,
        body: SnoozeInput,
        response: { 200: AlertInfo },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      const { id } = seenAlert(request.params.id, view);
      const untilMs = parts.now() + request.body.minutes * 60_000;
      watch.snooze(id, callerOf(request).id, untilMs, parts.now());
      return summaries.alert(seenAlert(id, view));
    },
  );

  app.get(
    "/alerts/:id/history",
    {
      schema: {
        tags,
        summary: "What happened to it, when, and who did what",
        params: ById,
        response: { 200: AlertHistory },
      },
    },
    async (request) => {
      const { id } = seenAlert(request.params.id, viewOf(parts, request));
      return { steps: watch.history(id).map((step) => ({ ...step, who: summaries.nameOf(step.who) })) };
    },
  );

  app.get(
    "/alerts/:id/deliveries",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "Who was told of it, and how that went",
        params: ById,
        response: { 200: AlertDeliveries },
      },
    },
    async (request) => {
      const { id } = seenAlert(request.params.id, viewOf(parts, request));
      const deliveries = watch.outbox.deliveries(id);
      return { deliveries: deliveries.map((each) => ({ ...each, person: summaries.nameOf(each.person) })) };
    },
  );

  /** Who sees little must not get an empty page because the newest alerts are all somebody else's. */
  function seenAlerts(
    query: { state: "open" | "resolved" | "all"; device?: string },
    limit: number,
    view: View,
  ): readonly Alert[] {
    if (view.everything) return watch.alerts({ ...query, limit });
    for (let asked = limit; ; asked *= 4) {
      const alerts = watch.alerts({ ...query, limit: asked });
      const seen = alerts.filter((alert) => view.seesPlace(alert.place));
      if (seen.length >= limit || alerts.length < asked) return seen.slice(0, limit);
    }
  }

  function seenAlert(id: string, view: View): Alert {
    const alert = watch.alert(id);
    if (alert === undefined || !view.seesPlace(alert.place)) throw notFound(`alert ${id}`);
    return alert;
  }
}
