import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { dictionary } from "../../linkage/open-data/dictionary.ts";
import { datasets, openFormats } from "../../linkage/open-data/index.ts";
import type { App } from "../app.ts";
import { html } from "../docs-page.ts";
import type { HttpParts } from "../http-parts.ts";
import { HttpProblem, notFound } from "../problems.ts";
import { answered } from "./linkage.ts";

const hidden = { schema: { hide: true } };
const File = z.object({
  file: z.string().regex(/^[a-z-]+\.(csv|json)$/, "must be a table, such as indicators.csv"),
});

/**
 * Open data under `/open/v1`: confirmed counts for whoever asks, without signing in. Read only, nothing of a person, nothing that
 * was not confirmed by two people; off unless the configuration says otherwise.
 */
export function openDataRoutes(
  app: App,
  { linkage, openData }: Pick<HttpParts, "linkage" | "openData">,
): void {
  const { requestsPerMinute } = openData;
  const rateLimit = {
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) => {
      const message = `More than ${requestsPerMinute} requests in a minute came from your address. The tables change once a quarter: keep them, and ask with If-None-Match.`;
      return new HttpProblem(429, { error: "too-many-requests", message }, ttl);
    },
  };
  const config = { rateLimit };
  app.addHook("onSend", async (_request, reply) => {
    reply.headers({ "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" });
  });

  app.get("/open/v1", { ...hidden, config }, async (request, reply) =>
    sendCached(request, reply, "application/json; charset=utf-8", JSON.stringify(contents())),
  );
  app.get("/open/v1/dictionary.json", { ...hidden, config }, async (request, reply) =>
    sendCached(request, reply, "application/json; charset=utf-8", JSON.stringify(dictionary())),
  );
  app.get("/open/v1/dictionary", { ...hidden, config }, async (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(dictionaryPage()),
  );
  app.get("/open/v1/:file", { config, schema: { hide: true, params: File } }, async (request, reply) => {
    const [dataset = "", format] = request.params.file.split(".");
    if (!datasets.some(({ name }) => name === dataset)) throw notFound(`open table ${request.params.file}`);
    const { name, type, bytes, sha256 } = await answered(
      linkage.openFile({ dataset, format: format as (typeof openFormats)[number] }),
    );
    if (format === "csv") reply.header("content-disposition", `attachment; filename="canhdong-${name}"`);
    return sendCached(request, reply, type, Buffer.from(bytes), sha256);
  });
}

/** Who has this very answer already is told so in a few bytes. */
function sendCached(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  body: string | Buffer,
  sha256 = createHash("sha256").update(body).digest("hex"),
): FastifyReply {
  const etag = `"${sha256}"`;
  reply.headers({ etag, "cache-control": "public, max-age=300" });
  const known = request.headers["if-none-match"]?.split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (known?.includes(etag) || known?.includes("*")) return reply.code(304).send();
  return reply.type(type).send(body);
}

function contents() {
  return {
    about: dictionary().about,
    dictionary: "/open/v1/dictionary.json",
    datasets: datasets.map(({ name, title, about }) => ({
      name,
      title,
      about,
      files: openFormats.map((format) => `/open/v1/${name}.${format}`),
    })),
  };
}

/** The dictionary for people, in both languages, without a script. */
function dictionaryPage(): string {
  const { about, datasets: tables } = dictionary();
  const sections = tables.map(({ name, title, about: of, files, key, columns }) => {
    const links = files.map((file) => `<a href="/open/v1/${html(file)}">${html(file)}</a>`).join(" · ");
    const rows = columns.map(
      ({ name: column, type, unit, about: means }) =>
        `<tr><td><code>${html(column)}</code></td><td>${html(type)}${unit === undefined ? "" : `, ${html(unit)}`}</td><td>${html(means.vi)}</td><td lang="en">${html(means.en)}</td></tr>`,
    );
    return `<section><h2 id="${html(name)}">${html(title.vi)} <small lang="en">${html(title.en)}</small></h2>
<p>${html(of.vi)}</p><p lang="en">${html(of.en)}</p><p>${links}. Khóa / key: <code>${html(key.join(", "))}</code></p>
<table><thead><tr><th>Cột / column</th><th>Kiểu / type</th><th>Nghĩa</th><th lang="en">Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
  });
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Từ điển dữ liệu mở</title>
<link rel="stylesheet" href="/api/docs.css"></head>
<body><header><h1>Từ điển dữ liệu mở <small lang="en">Data dictionary</small></h1><p>${html(about.vi)}</p><p lang="en">${html(about.en)}</p></header>
<main>${sections.join("\n")}</main></body></html>
`;
}
