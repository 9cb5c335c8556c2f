import type { FastifyRequest } from "fastify";
import { forbidden } from "./problems.ts";

const writes = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export const isWrite = (request: FastifyRequest) => writes.has(request.method);

/**
 * Keeps other sites from using a person's cookie. Browsers name the page that asks in `Origin` with every write; who names none
 * is no browser, or is one that says so itself in `Sec-Fetch-Site`.
 *
 * @param publicUrl the address people use when a reverse proxy changes the host on the way
 * @throws 403
 */
export function assertSameOrigin(request: FastifyRequest, publicUrl: string | null): void {
  const { origin, "sec-fetch-site": site } = request.headers;
  const isForeign = origin === undefined ? site === "cross-site" || site === "same-site" : !isOurs(origin);
  if (isForeign) {
    throw forbidden(
      `A page of ${origin ?? "another site"} may not write here. Behind a reverse proxy, set http.publicUrl to the address that people use.`,
    );
  }

  function isOurs(text: string): boolean {
    const host = hostOf(text);
    return (
      host !== null && (host === request.headers.host || (publicUrl !== null && host === hostOf(publicUrl)))
    );
  }
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
