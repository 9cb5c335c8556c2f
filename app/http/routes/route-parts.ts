import type { FastifyRequest } from "fastify";
import type { Access, View } from "../access.ts";
import type { Authenticator } from "../authenticate.ts";
import { callerOf } from "../caller.ts";
import type { HttpParts } from "../http-parts.ts";
import type { Live } from "../live/live.ts";
import type { Sessions } from "../session.ts";
import type { SessionCookie } from "../session-cookie.ts";
import type { SignInAttempts } from "../sign-in-attempts.ts";
import type { Summaries } from "../summaries.ts";

/** What the routes are made of: the parts given from outside and those that the server is wired of. */
export interface RouteParts extends HttpParts {
  readonly access: Access;
  readonly authenticator: Authenticator;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly attempts: SignInAttempts;
  readonly summaries: Summaries;
  readonly live: Live;
}

/** What whoever asks may see. */
export const viewOf = (parts: RouteParts, request: FastifyRequest): View =>
  parts.access.viewOf(callerOf(request));
