import type { Quantity } from "../../../devices/index.ts";
import { bucketWidthMs } from "../../../ingest/stores/bucket-width.ts";
import type { Span } from "../../../ingest/stores/reading-store.ts";
import type { App } from "../app.ts";
import { jsonRows } from "../json-rows.ts";
import { ById } from "../management-shapes.ts";
import { badRequest } from "../problems.ts";
import {
  CompletenessList,
  CompletenessQuery,
  DeviceLatest,
  HourlyMean,
  HourlyMeans,
  HourlyMeansQuery,
  ReadingsList,
  ReadingsQuery,
  Series,
  SeriesQuery,
} from "../shapes.ts";
import { askedDevices, seenParts, seenSpan } from "../spans.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["readings"];
const hourMs = 3_600_000;
/** A year of some thirty devices, or a month of three hundred; with more, a file is the better answer. */
const mostHours = 250_000;

/** What was measured. Of a device that came from another's land, only what it has measured since. */
export function readingRoutes(app: App, parts: RouteParts): void {
  const { store, watch, registry } = parts;

  app.get(
    "/devices/:id/latest",
    {
      schema: {
        tags,
        summary: "The newest live value of each quantity",
        params: ById,
        response: { 200: DeviceLatest },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      const { id } = view.device(request.params.id);
      const latest = store.latest([id]).filter(({ measuredAtMs }) => measuredAtMs >= view.visibleFromMs(id));
      return { device: id, lastSeenMs: watch.lastSeen(id), latest };
    },
  );

  app.get(
    "/devices/:id/series",
    {
      schema: {
        tags,
        summary: "One quantity over a span, in equal buckets",
        params: ById,
        querystring: SeriesQuery,
        response: { 200: Series },
      },
    },
    async (request) => {
      const { quantity, buckets: most, ...asked } = request.query;
      const view = viewOf(parts, request);
      const { id } = view.device(request.params.id);
      assertQuantity(quantity);
      const span = seenSpan(id, asked, view);
      const bucketMs = bucketWidthMs(span ?? asked, most);
      const buckets =
        span === null ? [] : await store.series({ device: id, quantity, ...span, buckets: most });
      return { device: id, quantity, ...(span ?? asked), bucketMs, buckets };
    },
  );

  app.get(
    "/devices/:id/readings",
    {
      schema: {
        tags,
        summary: "Readings as they are stored, by quantity and time",
        params: ById,
        querystring: ReadingsQuery,
        response: { 200: ReadingsList },
      },
    },
    async (request) => {
      const { quantity: quantities, limit, ...asked } = request.query;
      const view = viewOf(parts, request);
      const { id } = view.device(request.params.id);
      quantities?.forEach(assertQuantity);
      const span = seenSpan(id, asked, view);
      if (span === null) return { device: id, ...asked, readings: [], complete: true };
      const filter = { devices: [id], ...(quantities !== undefined && { quantities }) };
      const found = await store.readings({ ...span, ...filter, limit: limit + 1 });
      return { device: id, ...span, readings: found.slice(0, limit), complete: found.length <= limit };
    },
  );

  app.get(
    "/hourly-means",
    {
      schema: {
        tags,
        summary: "Hourly means of one quantity over many devices",
        querystring: HourlyMeansQuery,
        response: { 200: HourlyMeans },
      },
    },
    async (request, reply) => {
      const { quantity, device, ...asked } = request.query;
      const view = viewOf(parts, request);
      const { unit } = assertQuantity(quantity);
      const devices = askedDevices(device, view);
      assertNotTooMany(devices.length, asked);
      const seen = seenParts(devices, asked, view);
      const hours = await Promise.all(
        seen.map((part) => store.hourlyMeans({ ...part.span, devices: part.devices, quantity })),
      );
      reply.type("application/json; charset=utf-8");
      // The schema describes the answer to readers; a stream of it goes out piece by piece.
      return reply.send(jsonRows({ quantity, unit }, "hours", HourlyMean, hours.flat()) as never);
    },
  );

  app.get(
    "/completeness",
    {
      schema: {
        tags,
        summary: "In how many minutes and hours devices have readings, of how many that could be expected",
        querystring: CompletenessQuery,
        response: { 200: CompletenessList },
      },
    },
    async (request) => {
      const { quantity, device, ...asked } = request.query;
      const view = viewOf(parts, request);
      if (quantity !== undefined) assertQuantity(quantity);
      const seen = seenParts(askedDevices(device, view), asked, view);
      const ofQuantity = quantity === undefined ? {} : { quantity };
      const counted = await Promise.all(
        seen.map(async ({ devices, span }) => {
          const rows = await store.completeness({ ...span, devices, ...ofQuantity });
          const byDevice = new Map(rows.map((row) => [row.device, row]));
          // A device without any reading is the one that matters most here.
          return devices.map((id) => ({
            ...(byDevice.get(id) ?? { device: id, readings: 0, minutesWithData: 0, hoursWithData: 0 }),
            ...span,
            minutesExpected: minutesExpected(registry.device(id)?.intervalMs ?? null, span),
          }));
        }),
      );
      return { devices: counted.flat() };
    },
  );

  function assertQuantity(name: string): Quantity {
    const quantity = parts.quantities.get(name);
    if (quantity === undefined) {
      throw badRequest("query.quantity", `there is no quantity ${name}; GET /api/v1/quantities lists them`);
    }
    return quantity;
  }

  /** What has not come yet cannot be expected. */
  function minutesExpected(intervalMs: number | null, { fromMs, toMs }: Span): number | null {
    if (intervalMs === null) return null;
    const passedMs = Math.max(0, Math.min(toMs, parts.now()) - fromMs);
    return Math.floor(passedMs / Math.max(intervalMs, 60_000));
  }
}

function assertNotTooMany(devices: number, { fromMs, toMs }: Span): void {
  const hours = devices * Math.ceil((toMs - fromMs) / hourMs);
  if (hours <= mostHours) return;
  throw badRequest(
    "query.toMs",
    `${devices} devices over this span are up to ${hours} hours; ask for at most ${mostHours}, or use GET /api/v1/export`,
  );
}
