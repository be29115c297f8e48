import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Bytes of a module that is for development only: it is packed quickly rather than well. */
const large = 16 << 20;

/** Packs a file beside itself, where that makes it smaller. */
function pack(path) {
  const bytes = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_QUALITY]: bytes.length > large ? 3 : constants.BROTLI_MAX_QUALITY,
  };
  const forms = [
    [".br", brotliCompressSync(bytes, { params })],
    [".gz", gzipSync(bytes, { level: bytes.length > large ? 1 : 9 })],
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
