import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig } from "vite";

/** Packs each file of the page beside it, so that the server packs nothing while it serves. */
function packed() {
  let folder = "";
  const pack = (path) => {
    const bytes = readFileSync(path);
    const quality = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const forms = [
      [".br", brotliCompressSync(bytes, { params: quality })],
      [".gz", gzipSync(bytes, { level: 9 })],
    ];
    for (const [end, small] of forms.filter(([, small]) => small.length < bytes.length)) {
      writeFileSync(path + end, small);
    }
  };
  return {
    name: "packed",
    apply: "build",
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle: () => {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) {
          pack(join(entry.parentPath, entry.name));
        }
      }
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [packed()],
  build: {
    target: ["chrome111", "firefox114", "safari16.4"],
    // A picture inside a style sheet would be a data: address, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  worker: { format: "es" },
});
