import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { leanUPlot, plainImport } from "./build/lean.ts";
import { precompress } from "./build/precompress.ts";
import { serviceWorker } from "./build/service-worker.ts";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [leanUPlot(), plainImport(), serviceWorker(), precompress()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Phones of the last five years; older ones fail on the page's own syntax anyway.
    target: ["chrome107", "safari16.4", "firefox110"],
    // The page's policy forbids data: addresses for styles and scripts.
    assetsInlineLimit: 0,
    // One lazy piece, the chart, with nothing to preload.
    modulePreload: false,
  },
  server: { proxy: { "/api": process.env.CANHDONG_URL ?? "http://127.0.0.1:8080" } },
});
