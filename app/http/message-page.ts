import { createHash } from "node:crypto";
import { html } from "./docs-page.ts";
import type { Language } from "./shapes.ts";

/** A page behind a link in a message: a few words, and perhaps one button. It works on any telephone, without a script. */
export interface MessagePage {
  readonly language: Language;
  readonly title: string;
  readonly lines: readonly string[];
  /** What the button says; pressing it asks for the same address with POST. */
  readonly button?: string;
  /** Another page that somebody may want. */
  readonly link?: { readonly url: string; readonly text: string };
}

const style =
  "body{font:1.15rem/1.5 sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#1c2b1f;background:#fff}" +
  "button{font:inherit;font-weight:700;width:100%;padding:1rem;border:0;border-radius:.5rem;color:#fff;background:#1f6b35}" +
  "a{color:#1f6b35}@media (prefers-color-scheme:dark){body{color:#e4ece5;background:#131a15}a{color:#8fd6a2}}";

/** Nothing may be loaded, and nobody learns the address from whom one comes. */
export const messagePageHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  // An address in a message is nobody's to index.
  "x-robots-tag": "noindex, nofollow",
};

export function messagePage({ language, title, lines, button, link }: MessagePage): string {
  const form = button
    ? // As text/plain, because there is nothing to send and forms need no parser of their own then.
      `<form method="post" enctype="text/plain"><button>${html(button)}</button></form>`
    : "";
  const other = link ? `<p><a href="${html(link.url)}">${html(link.text)}</a></p>` : "";
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(title)}</title>
<style>${style}</style></head>
<body><main><h1>${html(title)}</h1>
${lines.map((line) => `<p>${html(line)}</p>`).join("\n")}
${form}${other}</main></body></html>
`;
}
