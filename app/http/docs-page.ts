import type { ApiContent, ApiDocument, ApiOperation, ApiParameter } from "./openapi.ts";

/**
 * The API for people who read: one plain page, made from the OpenAPI document, without a script and without anything from
 * elsewhere, so that it also opens on a box in the field.
 */
export function docsPage(document: ApiDocument): string {
  const { title, description = "" } = document.info;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const chapters = document.tags.map(({ name, description: about }) => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(name));
    return `<section><h2 id="${html(name)}">${html(name)}</h2><p>${html(about)}</p>${own.map(operationText).join("")}</section>`;
  });
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `<h3 id="schema-${html(name)}">${html(name)}</h3>${schemaText(schema)}`,
  );
  const links = document.tags.map(({ name }) => `<a href="#${html(name)}">${html(name)}</a>`).join(" ");
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(title)} API</title>
<link rel="stylesheet" href="/api/docs.css"></head>
<body><header><h1>${html(title)} API</h1><p>${html(description)}</p>
<nav>${links} <a href="#schemas">schemas</a> <a href="/api/openapi.json">openapi.json</a></nav></header>
<main>${chapters.join("\n")}<section><h2 id="schemas">schemas</h2>${schemas.join("\n")}</section></main></body></html>
`;
}

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly operation: ApiOperation;
}

function operationText({ path, method, operation }: Listed): string {
  const { summary = "", description = "", parameters = [], requestBody, responses } = operation;
  const answers = Object.entries(responses).map(
    ([status, { content = {} }]) => `<tr><td>${html(status)}</td><td>${contentText(content)}</td></tr>`,
  );
  return `<details><summary><b class="${html(method)}">${html(method.toUpperCase())}</b> <code>${html(path)}</code> ${html(summary)}</summary>
<p>${html(description)}</p>
${parameters.length === 0 ? "" : `<h4>Parameters</h4><table>${parameters.map(parameterText).join("")}</table>`}
${requestBody === undefined ? "" : `<h4>Body</h4>${contentText(requestBody.content)}`}
<h4>Answers</h4><table>${answers.join("")}</table></details>`;
}

function parameterText({
  name,
  in: where,
  required = false,
  description = "",
  schema,
}: ApiParameter): string {
  const kind = `${where}${required ? ", required" : ""}`;
  return `<tr><td><code>${html(name)}</code></td><td>${html(kind)}</td><td>${schemaText(schema)}</td><td>${html(description)}</td></tr>`;
}

function contentText(content: ApiContent): string {
  const texts = Object.entries(content).map(
    ([type, { schema }]) => `${type === "application/json" ? "" : html(type)} ${schemaText(schema)}`,
  );
  return texts.join("<br>");
}

/** A name links to its schema; whatever has no name is shown as it is. */
function schemaText(schema: unknown): string {
  const text = JSON.stringify(schema, null, 2) ?? "";
  const linked = html(text).replaceAll(
    /\{\s*&quot;\$ref&quot;: &quot;#\/components\/schemas\/([^&]+)&quot;\s*\}/g,
    (_all, name: string) => `<a href="#schema-${name}">${name}</a>`,
  );
  return linked.includes("\n") ? `<pre>${linked}</pre>` : `<code>${linked}</code>`;
}

/** Text as it stands between tags and in attributes. */
export function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

export const docsStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
nav a { margin-right: 0.8rem; }
details { border-top: 1px solid #8884; padding: 0.5rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; }
.get { color: #1a7f37; } .post, .put, .patch { color: #9a6700; } .delete { color: #cf222e; }
table { border-collapse: collapse; } td { padding: 0.2rem 0.8rem 0.2rem 0; vertical-align: top; }
pre { overflow-x: auto; background: #8881; padding: 0.5rem; margin: 0; font-size: 0.85rem; }
`;
