import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";

/** Whether the other end of the connection is this machine, whatever any header says. */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const address = request.socket.remoteAddress ?? "";
  return address === "::1" || address.replace(/^::ffff:/, "").startsWith("127.");
}

/**
 * Whether it was asked directly and under a local name. A reverse proxy on this machine speaks for strangers, and a page that made
 * a browser here take its own name for 127.0.0.1 still sends that name.
 */
export function isAskedLocally(request: FastifyRequest): boolean {
  const { forwarded, via, "x-forwarded-for": forwardedFor, host = "" } = request.headers;
  if (forwarded !== undefined || via !== undefined || forwardedFor !== undefined) return false;
  return isFromThisMachine(request) && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host);
}

/** The token of `Authorization: Bearer …`. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

/** Takes as long for any wrong token; the digests make the lengths equal. */
export function isSameToken(given: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}
