import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "./app.ts";
import { type Caller, localCaller, notSignedIn, type RouteAccess } from "./caller.ts";
import type { HttpParts } from "./http-parts.ts";
import { bearerOf, isFromThisMachine, isSameToken } from "./local-machine.ts";
import { forbidden, HttpProblem } from "./problems.ts";
import { assertSameOrigin, isWrite } from "./same-origin.ts";
import type { Session, Sessions } from "./session.ts";
import type { SessionCookie } from "./session-cookie.ts";

export interface Authenticator {
  /** Finds out who asks, and refuses who may not use the route at all. */
  admit(request: FastifyRequest, reply: FastifyReply): void;
  /** The same asked again later, for an answer that lasts: null once the session is over. */
  stillIs(request: FastifyRequest): Caller | null;
}

interface Known {
  readonly caller: Caller;
  readonly session: Session | null;
}

export function createAuthenticator(
  parts: Pick<HttpParts, "registry" | "settings" | "localToken" | "now">,
  sessions: Sessions,
  cookie: SessionCookie,
): Authenticator {
  function identify(request: FastifyRequest): Known | null {
    if (request.headers.authorization !== undefined) return identifyLocal(request);
    const token = cookie.read(request);
    const session = token === undefined ? null : sessions.read(token, parts.now());
    if (session === null) return null;
    const person = parts.registry.person(session.person);
    if (person === undefined || !sessions.isOf(session, person)) return null;
    return { caller: { id: person.id, role: person.role, person }, session };
  }

  function identifyLocal(request: FastifyRequest): Known | null {
    const token = bearerOf(request);
    const isRight = token !== undefined && isFromThisMachine(request) && isSameToken(token, parts.localToken);
    return isRight ? { caller: localCaller, session: null } : null;
  }

  function renew(reply: FastifyReply, { caller: { person }, session }: Known): void {
    if (person === null || session === null || !sessions.isHalfSpent(session, parts.now())) return;
    cookie.write(reply, sessions.issue(person, parts.now()));
  }

  return {
    admit(request, reply) {
      // What the command line has changed counts from now on: a removed person, a new password.
      parts.registry.refresh();
      const { access = "signed-in", beforePasswordChange = false } = request.routeOptions.config;
      const known = identify(request);
      if (known?.caller !== localCaller && isWrite(request))
        assertSameOrigin(request, parts.settings.publicUrl);
      request.caller = known?.caller ?? null;
      if (access === "anyone") return;
      if (known === null) throw notSignedIn();
      if (!beforePasswordChange) assertOwnPassword(known.caller);
      assertRole(known.caller, access);
      renew(reply, known);
    },
    stillIs: (request) => identify(request)?.caller ?? null,
  };
}

/** The one-time password was printed on a terminal: nothing is open until it is replaced. */
function assertOwnPassword({ person }: Caller): void {
  if (!person?.mustChangePassword) return;
  throw new HttpProblem(403, {
    error: "password-change-needed",
    message: "This is the one-time password. Choose your own first: POST /api/v1/session/password.",
  });
}

function assertRole({ role }: Caller, access: RouteAccess): void {
  if (access === "admin" && role !== "admin") throw forbidden("Only an administrator may do this.");
  if (access === "staff" && role === "farmer")
    throw forbidden("Only an officer or an administrator may see this.");
}

/** Puts the authenticator before every route of this part of the server, and writes down who changed what. */
export function guardRoutes(app: App, authenticator: Authenticator, log: HttpParts["log"]): void {
  app.decorateRequest("caller", null);
  app.addHook("onRequest", async (request, reply) => authenticator.admit(request, reply));
  app.addHook("onResponse", async (request, reply) => {
    if (!isWrite(request)) return;
    const { method, params, ip: address, caller } = request;
    log.info(
      {
        by: caller?.id ?? null,
        method,
        route: request.routeOptions.url,
        params,
        status: reply.statusCode,
        address,
      },
      "http: a change was asked for",
    );
  });
}
