import type { FastifyRequest } from "fastify";
import type { Person } from "../../devices/index.ts";
import { HttpProblem } from "./problems.ts";
import type { Role } from "./shapes.ts";

/** Who asks: a person who signed in, or the command line on this machine. */
export interface Caller {
  readonly id: string;
  readonly role: Role;
  /** Null for the command line, which is nobody in particular and may do what an administrator may. */
  readonly person: Person | null;
}

export const localCaller: Caller = { id: "local", role: "admin", person: null };

/** Who may use a route. What they see there is another question: see access.ts. */
export type RouteAccess = "anyone" | "signed-in" | "staff" | "admin";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Left out, it is `signed-in`: what somebody forgot to think about is closed. */
    access?: RouteAccess;
    /** Also open to a person who still has to replace the one-time password. */
    beforePasswordChange?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** @throws 401 when nobody has signed in; only where the route itself is open to anyone */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw notSignedIn();
  return request.caller;
}

export const notSignedIn = () =>
  new HttpProblem(401, {
    error: "not-signed-in",
    message: "Sign in first: POST /api/v1/session with a name and a password.",
  });
