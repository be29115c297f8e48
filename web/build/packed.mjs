import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Packs a file beside itself, where that makes it smaller. */
function pack(path) {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const forms = [
    [".br", brotliCompressSync(bytes, { params })],
    [".gz", gzipSync(bytes, { level: 9 })],
  ];
  for (const [end, small] of forms.filter(([, small]) => small.length < bytes.length)) {
    writeFileSync(path + end, small);
  }
}

/** Packs each file of the page beside it, so that the server packs nothing while it serves. */
export function packed() {
  let folder = "";
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
