import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { build, type Plugin } from "vite";

/** Builds `sw/service-worker.ts` to `sw.js` beside the page, with the list of all files that the page is made of. */
export function serviceWorker(): Plugin {
  let [root, outDir] = ["", ""];
  return {
    name: "canhdong-service-worker",
    apply: "build",
    configResolved(config) {
      root = config.root;
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      sequential: true,
      order: "post",
      async handler() {
        const shell = shellOf(outDir);
        await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: "warn",
          define: {
            __SHELL_FILES__: JSON.stringify(shell.files),
            __SHELL_VERSION__: JSON.stringify(shell.version),
          },
          build: {
            outDir,
            emptyOutDir: false,
            rolldownOptions: {
              input: join(root, "sw/service-worker.ts"),
              output: { format: "iife", entryFileNames: "sw.js" },
            },
          },
        });
      },
    },
  };
}

/** What is kept on the phone: every built file by its address, and one hash of all their contents. */
export function shellOf(outDir: string): { readonly files: readonly string[]; readonly version: string } {
  const names = builtFiles(outDir);
  const hash = createHash("sha256");
  for (const name of names) hash.update(name).update(readFileSync(join(outDir, name)));
  const files = names.map((name) => (name === "index.html" ? "/" : `/${name}`));
  return { files, version: hash.digest("hex").slice(0, 12) };
}

/** Paths below the folder, with `/`, in a fixed order; without what is made from the others. */
export function builtFiles(outDir: string): string[] {
  return readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(outDir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => name !== "sw.js" && !/\.(gz|br)$/.test(name))
    .sort();
}
