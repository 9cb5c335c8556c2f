import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "./app.ts";

/** Serves the built page. Its compressed files were made at build time, so serving them costs nothing. */
export async function servePage(app: App, webRoot: string | null): Promise<void> {
  if (webRoot === null || !existsSync(join(webRoot, "index.html"))) return;
  await app.register(fastifyStatic, {
    root: webRoot,
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply, path) {
      // Vite names these after their content; everything else may change under its name.
      const isNamedByContent = path.startsWith(join(webRoot, "assets"));
      reply.header("cache-control", isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

/** Whether a person's browser asks for an address that only the page itself knows, such as `/alerts`. */
export function isForPage(request: FastifyRequest, reply: FastifyReply): boolean {
  const isPath = !request.url.startsWith("/api/") && !/\.[a-z0-9]+$/i.test(request.url.split("?")[0]!);
  const isBrowser = request.headers.accept?.includes("text/html") === true;
  return request.method === "GET" && isPath && isBrowser && typeof reply.sendFile === "function";
}
