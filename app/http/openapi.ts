import swagger from "@fastify/swagger";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import type { App } from "./app.ts";
import type { RouteAccess } from "./caller.ts";
import { docsPage, docsStyle } from "./docs-page.ts";

/** The part of an OpenAPI 3.1 document that we read ourselves. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

export interface ApiOperation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: { readonly content: ApiContent };
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: ApiContent }>
  >;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: unknown;
}

export type ApiContent = Readonly<Record<string, { readonly schema: unknown }>>;

const tags = [
  { name: "session", description: "Who is signed in." },
  { name: "field", description: "What is there and how it stands." },
  { name: "readings", description: "What was measured." },
  { name: "alerts", description: "What somebody has to look after." },
  { name: "devices", description: "Devices, what they are told, and where they stood when." },
  { name: "places", description: "Parcels, ponds and sheds." },
  { name: "people", description: "Who signs in, who is told, and what they agreed to." },
  { name: "linkage", description: "Linkage models, and the count of those that apply digital technology." },
  { name: "operation", description: "How the server does." },
];

const whoMay: Readonly<Record<RouteAccess, string>> = {
  anyone: "Open to anyone.",
  "signed-in": "For whoever has signed in; each sees what is theirs.",
  staff: "For officers and administrators.",
  admin: "For administrators.",
};

/** Gathers every route registered after it into one document. */
export async function collectRoutes(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Canhdong",
        version: "1",
        description:
          "Telemetry of fields, ponds and sheds. All times are milliseconds since 1970 UTC. Whatever is not a success answers with a Problem.",
      },
      tags,
      components: {
        securitySchemes: {
          session: {
            type: "apiKey",
            in: "cookie",
            name: "canhdong",
            description: "Set by POST /api/v1/session.",
          },
          local: { type: "http", scheme: "bearer", description: "The command line on the same machine." },
        },
      },
      security: [{ session: [] }, { local: [] }],
    },
    transform: (route) => {
      const { schema, url } = jsonSchemaTransform(route);
      if (schema?.hide) return { schema, url };
      const access = route.route.config?.access ?? "signed-in";
      return {
        url,
        schema: { ...schema, ...described(schema, access), ...(access === "anyone" && { security: [] }) },
      };
    },
    transformObject: (document) =>
      withoutUnused(jsonSchemaTransformObject(document) as unknown as ApiDocument) as never,
  });
}

function described(schema: { description?: string; response?: unknown }, access: RouteAccess) {
  return {
    description: [schema.description, whoMay[access]].filter(Boolean).join(" "),
    response: { ...(schema.response as object), default: { $ref: "#/components/schemas/Problem" } },
  };
}

/** Schemas with a name are listed whoever declared them; only those that a route leads to belong here. */
function withoutUnused(document: ApiDocument): ApiDocument {
  const all = document.components.schemas;
  const used = new Set<string>();
  const follow = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name!)) continue;
      used.add(name!);
      follow(all[name!]);
    }
  };
  follow(document.paths);
  const schemas = Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
  return { ...document, components: { ...document.components, schemas } };
}

/** The document for programs and the page for people, both open to anyone: they say what could be asked, not what is there. */
export function openApiRoutes(app: App): void {
  const hidden = { schema: { hide: true } };
  let page: string | undefined;
  app.get("/api/openapi.json", hidden, async () => app.swagger());
  app.get("/api/docs", hidden, async (_request, reply) => {
    page ??= docsPage(app.swagger() as unknown as ApiDocument);
    return reply.type("text/html; charset=utf-8").send(page);
  });
  app.get("/api/docs.css", hidden, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").send(docsStyle),
  );
}
