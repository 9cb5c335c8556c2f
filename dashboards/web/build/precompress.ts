import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const texts = /\.(js|css|html|svg|webmanifest)$/;

/** Writes a `.gz` and a `.br` beside each text file, as small as they get, so that the server never compresses. */
export function precompress(): Plugin {
  let outDir = "";
  return {
    name: "canhdong-precompress",
    apply: "build",
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle: { sequential: true, order: "post", handler: () => compressAll(outDir) },
  };
}

function compressAll(outDir: string): void {
  const names = readdirSync(outDir, { recursive: true, encoding: "utf8" }).filter((name) => texts.test(name));
  for (const name of names) {
    const file = join(outDir, name);
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, brotliFor(bytes.length)));
  }
}

function brotliFor(size: number) {
  return { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: size } };
}
