import type { FastifyInstance } from "fastify";

/**
 * Written by hand because the usual set is made for sites on the public internet: `upgrade-insecure-requests` and HSTS
 * would lock people out of a box that is reached by plain http on a farm's own network.
 */
export function addSecurityHeaders(app: FastifyInstance, ownTls: boolean): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(everywhere);
    if (ownTls) reply.header("strict-transport-security", "max-age=15552000");
    // Answers belong to who asked: no proxy, browser cache or back button may show them to the next one.
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
}

const everywhere = {
  "content-security-policy": [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};
