import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { basename, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** What was packed once: names of such files change with what is in them. */
const before = resolve(import.meta.dirname, "../node_modules/.packed");

/** Bytes of a module that is for development only: it is packed quickly rather than well. */
const large = 16 << 20;

/** Packs a module, which takes a minute, unless that was done by an earlier build. */
function packOnce(path) {
  const kept = [".br", ".gz"].map((end) => [path + end, join(before, basename(path) + end)]);
  if (kept.every(([, old]) => existsSync(old))) {
    for (const [packed, old] of kept) {
      copyFileSync(old, packed);
    }
    return;
  }
  pack(path);
  mkdirSync(before, { recursive: true });
  for (const [packed, old] of kept) {
    copyFileSync(packed, old);
  }
}

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
          const path = join(entry.parentPath, entry.name);
          const isModule = path.endsWith(".wasm");
          (isModule ? packOnce : pack)(path);
        }
      }
    },
  };
}
