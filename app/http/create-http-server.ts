import { readFileSync } from "node:fs";
import fastifyCookie from "@fastify/cookie";
import fastifyRateLimit from "@fastify/rate-limit";
import Fastify from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { createAccess } from "./access.ts";
import type { App } from "./app.ts";
import { createAuthenticator, guardRoutes } from "./authenticate.ts";
import type { HttpParts } from "./http-parts.ts";
import type { HttpSettings } from "./http-settings.ts";
import { createLive, type Live } from "./live/live.ts";
import { collectRoutes, openApiRoutes } from "./openapi.ts";
import { createErrorHandler, HttpProblem, notFound } from "./problems.ts";
import { apiRoutes } from "./routes/index.ts";
import { messageLinkRoutes } from "./routes/message-links.ts";
import { openDataRoutes } from "./routes/open-data.ts";
import { providerCallRoutes } from "./routes/provider-calls.ts";
import type { RouteParts } from "./routes/route-parts.ts";
import { addSecurityHeaders } from "./security-headers.ts";
import { createSessions } from "./session.ts";
import { createSessionCookie } from "./session-cookie.ts";
import { createSignInAttempts } from "./sign-in-attempts.ts";
import { createSummaries } from "./summaries.ts";
import { isForPage, servePage } from "./web-page.ts";

export interface HttpServer {
  /** @returns the address under which it can be reached, such as `http://127.0.0.1:8080` */
  listen(): Promise<{ readonly url: string }>;
  /** Sends to live streams what has gathered. To be called twice a second or more often. */
  tick(nowMs: number): void;
  /** Ends live streams, lets running requests finish, then stops listening. */
  close(): Promise<void>;
}

/**
 * Wires the HTTP server: the page at `/`, the API under `/api/v1`, its description at `/api/docs`.
 *
 * request → security headers → rate limit → who asks and may they → schema → route → answer by schema, or a Problem
 */
export async function createHttpServer(parts: HttpParts): Promise<HttpServer> {
  const { settings, log } = parts;
  const app = createApp(settings);
  const routeParts = wire(parts);
  const { live, authenticator } = routeParts;

  app.setErrorHandler(createErrorHandler(log));
  addSecurityHeaders(app, settings.tls !== null);
  endConnectionsAtClose(app, live);
  await app.register(fastifyCookie);
  await limitRate(app, settings);
  await collectRoutes(app);
  await app.register(
    async (api: App) => {
      guardRoutes(api, authenticator, log);
      for (const register of apiRoutes) register(api, routeParts);
    },
    { prefix: "/api/v1" },
  );
  // Behind the links in messages nobody signs in: the link is the proof.
  await app.register(async (pages: App) => messageLinkRoutes(pages, parts));
  await app.register(async (calls: App) => providerCallRoutes(calls, parts));
  if (parts.openData.enabled) await app.register(async (open: App) => openDataRoutes(open, parts));
  openApiRoutes(app);
  await servePage(app, parts.webRoot);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (isForPage(request, reply)) return reply.sendFile("index.html");
    throw notFound(`${request.method} ${request.url.split("?")[0]}; /api/docs says what there is`);
  });
  await app.ready();

  return {
    async listen() {
      return { url: await app.listen({ host: settings.host, port: settings.port }) };
    },
    tick: (nowMs) => live.tick(nowMs),
    close: () => app.close(),
  };
}

function wire(parts: HttpParts): RouteParts {
  const { settings, registry, now } = parts;
  const sessions = createSessions(parts.sessionKey, settings.sessionDays * 86_400_000);
  const cookie = createSessionCookie(settings);
  const summaries = createSummaries(parts);
  return {
    ...parts,
    access: createAccess(registry, now),
    authenticator: createAuthenticator(parts, sessions, cookie),
    sessions,
    cookie,
    summaries,
    attempts: createSignInAttempts({ ...settings.signIn, windowMs: settings.signIn.withinMinutes * 60_000 }),
    live: createLive({
      ...parts,
      devices: () => registry.devices(),
      summaries,
      mostStreams: settings.liveStreams,
    }),
  };
}

/**
 * Idle connections are closed at once; but one whose answer was still going out then would stay open for another 72 seconds, in case
 * the browser has something else to ask.
 */
function endConnectionsAtClose(app: App, live: Live): void {
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
    live.close();
  });
  app.addHook("onResponse", async (request) => {
    if (isClosing) request.raw.socket.end();
  });
}

function createApp({ tls, trustProxy }: HttpSettings): App {
  const app = Fastify({
    ...(tls !== null && { https: { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } }),
    trustProxy: trustProxy.length > 0 ? trustProxy : false,
    bodyLimit: 256 * 1024,
    // The time for a request to come in, against clients that send a byte now and then to hold a connection.
    requestTimeout: 30_000,
    // Browsers keep connections open in reserve; nobody should have to wait for those at the end.
    forceCloseConnections: "idle",
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  return app;
}

/** A ceiling against runaway scripts; wrong passwords have a limit of their own. */
async function limitRate(app: App, { requestsPerMinute }: HttpSettings): Promise<void> {
  const none = { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false };
  await app.register(fastifyRateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    addHeaders: { ...none, "retry-after": true },
    addHeadersOnExceeding: none,
    errorResponseBuilder: (_request, { ttl }) => {
      const message = `More than ${requestsPerMinute} requests in a minute came from your address. Wait a little.`;
      return new HttpProblem(429, { error: "too-many-requests", message }, ttl);
    },
  });
}
