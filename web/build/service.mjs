import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Writes the service worker, which keeps exactly the files of this build. */
export function service() {
  return {
    name: "service",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const names = Object.keys(bundle).filter((name) => name !== "index.html");
      const files = ["/", "/icon.svg", ...names.sort().map((name) => `/${name}`)];
      const hash = createHash("sha256");
      hash.update(String(bundle["index.html"]?.source));
      hash.update(files.join());
      const text = readFileSync(new URL("service.js", import.meta.url), "utf8")
        .replace('["FILES"]', JSON.stringify(files))
        .replace("BUILD", hash.digest("hex").slice(0, 16));
      this.emitFile({ type: "asset", fileName: "service.js", source: text });
    },
  };
}
