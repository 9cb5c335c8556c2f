import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import { LiveEvent } from "../shapes.ts";
import type { RouteParts } from "./route-parts.ts";

/** The live stream: server-sent events, because they reconnect by themselves and pass every proxy that passes a page. */
export function liveRoutes(app: App, { live, access, authenticator }: RouteParts): void {
  app.get(
    "/live",
    {
      exposeHeadRoute: false,
      schema: {
        tags: ["field"],
        summary: "What happens, as it happens",
        description:
          "Server-sent events named by the object's `type`. A page that comes back with Last-Event-ID is told what it missed; " +
          "an event may come twice, never not at all.",
        headers: z.looseObject({ "last-event-id": z.string().max(100).optional() }),
        response: {
          200: {
            description: "A stream of LiveEvent",
            content: { "text/event-stream": { schema: LiveEvent } },
          },
        },
      },
    },
    (request, reply) => {
      const { id } = callerOf(request);
      live.assertRoom(id);
      const raw = openEvents(reply);
      const view = () => {
        const caller = authenticator.stillIs(request);
        return caller && access.viewOf(caller);
      };
      live.open(raw, { person: id, view }, request.headers["last-event-id"]);
    },
  );
}

/** Takes the answer over as a stream of events, with its head sent. */
export function openEvents(reply: FastifyReply): ServerResponse {
  const { raw } = reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    // nginx would hold events back until its buffer is full.
    "x-accel-buffering": "no",
  });
  return raw;
}
