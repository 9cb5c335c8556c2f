import type { App } from "../app.ts";
import { Health } from "../shapes.ts";
import type { RouteParts } from "./route-parts.ts";

/** For people and for whoever restarts us: 200 while readings get in, 503 when they do not. */
export function healthRoutes(app: App, parts: RouteParts): void {
  app.get(
    "/health",
    {
      config: { access: "anyone" },
      schema: {
        tags: ["operation"],
        summary: "How the server is; the checks behind it only for who has signed in",
        response: { 200: Health, 503: Health },
      },
    },
    async (request, reply) => {
      const checks = await parts.health();
      const status = worstOf(checks);
      const shown = request.caller === null ? [] : [...checks];
      return reply
        .code(status === "failing" ? 503 : 200)
        .send({ status, startedAtMs: parts.startedAtMs, checks: shown });
    },
  );
}

function worstOf(checks: Health["checks"]): Health["status"] {
  const found = new Set(checks.map(({ status }) => status));
  if (found.has("failing")) return "failing";
  return found.has("degraded") ? "degraded" : "ok";
}
