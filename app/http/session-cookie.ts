import type {} from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { HttpSettings } from "./http-settings.ts";

export interface SessionCookie {
  read(request: FastifyRequest): string | undefined;
  write(reply: FastifyReply, token: string): void;
  clear(reply: FastifyReply): void;
}

export function createSessionCookie(settings: HttpSettings): SessionCookie {
  const secure = settings.tls !== null || settings.publicUrl?.startsWith("https:") === true;
  // A browser takes a __Host- cookie only over https and only from this very host: no neighbour can plant one.
  const name = secure ? "__Host-canhdong" : "canhdong";
  const options = { path: "/", httpOnly: true, sameSite: "strict", secure } as const;

  return {
    read: (request) => request.cookies[name],
    write(reply, token) {
      reply.setCookie(name, token, { ...options, maxAge: Math.round(settings.sessionDays * 86_400) });
    },
    clear(reply) {
      reply.clearCookie(name, options);
    },
  };
}
