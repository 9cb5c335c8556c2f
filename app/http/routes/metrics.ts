import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { App } from "../app.ts";
import { notSignedIn } from "../caller.ts";
import { bearerOf, isAskedLocally, isSameToken } from "../local-machine.ts";
import { type MetricSample, metricsContentType, metricsText } from "../metrics.ts";
import type { RouteParts } from "./route-parts.ts";

/** For Prometheus: on this machine as it is, from elsewhere with a token that opens nothing else. */
export function metricsRoutes(app: App, parts: RouteParts): void {
  app.get(
    "/metrics",
    {
      config: { access: "anyone" },
      schema: {
        tags: ["operation"],
        summary: "Counters and gauges in the Prometheus text format",
        response: {
          200: {
            description: "Prometheus text format 0.0.4",
            content: { "text/plain": { schema: z.string() } },
          },
        },
      },
    },
    async (request, reply) => {
      if (!mayRead(request)) throw notSignedIn();
      const text = metricsText([...(await parts.metrics()), ...ownSamples(parts)]);
      return reply.type(metricsContentType).serializer(String).send(text);
    },
  );

  function mayRead(request: FastifyRequest): boolean {
    if (request.caller?.role === "admin") return true;
    const { metricsToken, publicUrl, trustProxy } = parts.settings;
    const token = bearerOf(request);
    if (token !== undefined) return metricsToken !== null && isSameToken(token, metricsToken);
    // Behind a reverse proxy every stranger comes from this machine.
    const isBehindProxy = publicUrl !== null || trustProxy.length > 0;
    return !isBehindProxy && isAskedLocally(request);
  }
}

function ownSamples({ live, attempts }: RouteParts): MetricSample[] {
  const { streams, cut } = live.usage();
  return [
    { name: "canhdong_http_live_streams", help: "Pages that watch live.", type: "gauge", value: streams },
    {
      name: "canhdong_http_live_streams_cut_total",
      help: "Live streams cut because nobody read them.",
      type: "counter",
      value: cut,
    },
    {
      name: "canhdong_http_sign_ins_refused_total",
      help: "Sign-ins refused without a look at the password, after too many wrong ones.",
      type: "counter",
      value: attempts.refused(),
    },
  ];
}
