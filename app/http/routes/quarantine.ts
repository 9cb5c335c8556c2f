import { z } from "zod";
import type { CountQuery, Quarantined } from "../../../ingest/quarantine/quarantine-view.ts";
import type { View } from "../access.ts";
import type { App } from "../app.ts";
import { notFound } from "../problems.ts";
import { type QuarantineEntry, QuarantineList, QuarantineQuery } from "../shapes.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["operation"];
const mostPayloadCharacters = 2000;

/** What arrived and could not be read, kept for those who can find out why. */
export function quarantineRoutes(app: App, parts: RouteParts): void {
  const { quarantine } = parts;

  app.get(
    "/quarantine",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "What could not be read, newest first, and how many of each reason",
        querystring: QuarantineQuery,
        response: { 200: QuarantineList },
      },
    },
    async (request) => {
      const { reason, device, before, limit } = request.query;
      const view = viewOf(parts, request);
      const filter = { ...(reason !== undefined && { reason }), ...(before !== undefined && { before }) };
      const counted = filtersOf(device, view).map((one) => ({ ...one, ...narrowed(request.query) }));
      const lists = counted.map((one) => quarantine.list({ ...filter, ...one, limit }));
      const entries = newest(
        lists.flat().filter((entry) => isSeen(entry, view)),
        limit,
      );
      const byReason = summed(counted.map((one) => quarantine.count(one)));
      return {
        total: Object.values(byReason).reduce((sum, count) => sum + count, 0),
        byReason,
        entries: entries.map(entryOf),
        ...refusedByStore(parts, request.query, view),
      };
    },
  );

  app.get(
    "/quarantine/:position/payload",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "The raw bytes of one uplink",
        params: z.object({ position: z.coerce.number().int().min(0) }),
        response: {
          200: {
            description: "The bytes as they came",
            content: { "application/octet-stream": { schema: z.string().meta({ format: "binary" }) } },
          },
        },
      },
    },
    async (request, reply) => {
      const { position } = request.params;
      const raw = quarantine.raw(position);
      const view = viewOf(parts, request);
      if (raw === undefined || !isSeen(raw, view)) {
        throw notFound(`uplink in quarantine at position ${position}`);
      }
      // Whatever it is, no browser shall show it as a page of ours.
      reply.header("content-disposition", `attachment; filename="uplink-${position}.bin"`);
      reply.type("application/octet-stream");
      return reply.send(Buffer.from(raw.payload) as never);
    },
  );
}

/** Uplinks of unknown devices belong to nobody in particular: who sees everything sees them. */
function filtersOf(device: string | undefined, view: View): CountQuery[] {
  if (view.everything) return [device === undefined ? {} : { device }];
  const devices = device === undefined ? view.devices() : [view.device(device)];
  return devices.map(({ id }) => ({ device: id }));
}

function narrowed({ decoder, measuredFromMs, measuredToMs }: z.infer<typeof QuarantineQuery>): CountQuery {
  return {
    ...(decoder !== undefined && { decoder }),
    ...(measuredFromMs !== undefined && { measuredFromMs }),
    ...(measuredToMs !== undefined && { measuredToMs }),
  };
}

const isSeen = ({ device, receivedAtMs }: Pick<Quarantined, "device" | "receivedAtMs">, view: View) =>
  view.everything || receivedAtMs >= view.visibleFromMs(device);

function refusedByStore(
  { store: { refused } }: RouteParts,
  { device, reason, limit }: z.infer<typeof QuarantineQuery>,
  view: View,
): Pick<z.infer<typeof QuarantineList>, "refusedByStore"> {
  if (refused === undefined) return {};
  const asked = filtersOf(device, view).map((filter) => filter.device);
  const byReason = summed(asked.map((one) => refused.byReason(one)));
  const readings = asked
    .flatMap((one) => refused.list({ device: one, reason, limit }))
    .filter((one) => isSeen(one, view))
    .sort((one, other) => other.refusedAtMs - one.refusedAtMs)
    .slice(0, limit);
  const total = Object.values(byReason).reduce((sum, count) => sum + count, 0);
  return { refusedByStore: { total, byReason, readings } };
}

/** As many as were asked for, and what else belongs to the last uplink: whoever goes on before its position misses nothing. */
function newest(entries: readonly Quarantined[], limit: number): Quarantined[] {
  const sorted = entries.toSorted((a, b) => b.position - a.position);
  const last = sorted[limit - 1]?.position ?? 0;
  return sorted.filter(({ position }) => position >= last);
}

function summed(counts: readonly Readonly<Partial<Record<string, number>>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const one of counts) {
    for (const [reason, count = 0] of Object.entries(one)) sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}

function entryOf({ payload, rejections, ...entry }: Quarantined): QuarantineEntry {
  const several = rejections > 1 ? { rejections } : {};
  return { ...entry, ...several, payload: payloadText(payload).slice(0, mostPayloadCharacters) };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function payloadText(payload: Uint8Array): string {
  try {
    return utf8.decode(payload);
  } catch {
    return `0x${Buffer.from(payload.subarray(0, mostPayloadCharacters / 2)).toString("hex")}`;
  }
}
