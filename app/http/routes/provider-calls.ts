import type { App } from "../app.ts";
import type { HttpParts } from "../http-parts.ts";
import { ById } from "../management-shapes.ts";
import { notFound } from "../problems.ts";

/**
 * Where providers tell us what people answered: `/providers/NAME`, by the name of the notifier. Who calls proves itself to the notifier, with
 * a token or a signature over the bytes of the body; so the body is taken as it comes.
 */
export function providerCallRoutes(app: App, { personal }: Pick<HttpParts, "personal">): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, async (_request: unknown, body: unknown) => body);
  app.route({
    method: ["GET", "POST"],
    url: "/providers/:id",
    schema: { hide: true, params: ById },
    handler: async (request, reply) => {
      const { headers, body, params } = request;
      const status = await personal.receive(params.id, {
        headers: singles(headers),
        query: singles(request.query as Readonly<Record<string, string | string[] | undefined>>),
        body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      });
      if (status === null) throw notFound(`notifier ${params.id} that takes calls`);
      return reply.code(status).send();
    },
  });
}

/** Of a name that comes several times the first counts. */
function singles(
  fields: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}
