import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { View } from "../access.ts";
import type { App } from "../app.ts";
import { badRequest } from "../problems.ts";
import { ExportQuery } from "../shapes.ts";
import { askedDevices, seenParts } from "../spans.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const contentTypes = { csv: "text/csv; charset=utf-8", parquet: "application/vnd.apache.parquet" } as const;
const prefix = "export-";

/** Readings as one file. It is made on disk first, so that an error is an answer and not half a file. */
export function exportRoutes(app: App, parts: RouteParts): void {
  const { store, exportFolder } = parts;

  app.addHook("onReady", () => clearLeftovers(exportFolder));

  app.get(
    "/export",
    {
      exposeHeadRoute: false,
      schema: {
        tags: ["readings"],
        summary: "Readings as a CSV or Parquet file",
        description:
          "CSV columns: device, quantity, unit (UCUM), measured_at, received_at (RFC 3339, UTC), value.",
        querystring: ExportQuery,
        response: {
          200: {
            description: "The file",
            content: {
              "text/csv": { schema: z.string() },
              "application/vnd.apache.parquet": { schema: z.string().meta({ format: "binary" }) },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { format, device, quantity: quantities, ...span } = request.query;
      const filter = {
        ...devicesToExport(device, span, viewOf(parts, request)),
        ...(quantities !== undefined && { quantities }),
      };
      const file = join(exportFolder, `${prefix}${randomUUID()}.${format}`);
      const forget = () => rm(file, { force: true });
      try {
        await store.export({ ...span, ...filter, format, file });
        const { size } = await stat(file);
        reply.type(contentTypes[format]).header("content-length", size);
        reply.header("content-disposition", `attachment; filename="${fileName(span, format)}"`);
        // The schema describes the file to readers; what goes out is a stream of it, which no serializer touches.
        return reply.send(createReadStream(file).once("close", forget) as never);
      } catch (error) {
        await forget();
        throw error;
      }
    },
  );
}

/**
 * Who sees everything and names no device gets also what removed devices have measured.
 *
 * @throws 400 when a device stood on another's land in the span: one file cannot begin at two times
 */
function devicesToExport(
  named: readonly string[] | undefined,
  span: { fromMs: number; toMs: number },
  view: View,
): { devices?: readonly string[] } {
  if (named === undefined && view.everything) return {};
  const seen = seenParts(askedDevices(named, view), span, view);
  for (const part of seen) {
    if (part.span.fromMs === span.fromMs) continue;
    const since = new Date(part.span.fromMs).toISOString();
    throw badRequest(
      "query.fromMs",
      `${part.devices.join(", ")} came here only at ${since} (${part.span.fromMs}); begin there, or leave ${part.devices.length === 1 ? "it" : "them"} out`,
    );
  }
  return { devices: seen.flatMap(({ devices }) => devices) };
}

function fileName({ fromMs, toMs }: { fromMs: number; toMs: number }, format: string): string {
  const day = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
  return `canhdong-${day(fromMs)}-${day(toMs)}.${format}`;
}

/** What a crash left behind. */
async function clearLeftovers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  await Promise.all(
    names.filter((name) => name.startsWith(prefix)).map((name) => rm(join(folder, name), { force: true })),
  );
}
