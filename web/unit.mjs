// Runs the tests that stand beside the sources: each `*.test.ts`, bundled for Node.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

const sources = new URL("src/", import.meta.url).pathname;
const tests = readdirSync(sources, { recursive: true }).filter((file) => file.endsWith(".test.ts"));
const input = Object.fromEntries(
  tests.map((file) => [file.replace(/\.ts$/, "").replaceAll("/", "-"), join(sources, file)]),
);
const outDir = mkdtempSync(join(tmpdir(), "enhance-unit-"));
try {
  await build({
    configFile: false,
    logLevel: "warn",
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input, output: { entryFileNames: "[name].mjs" } },
    },
  });
  const made = Object.keys(input).map((name) => join(outDir, `${name}.mjs`));
  const { status } = spawnSync(process.execPath, ["--test", ...made], {
    stdio: "inherit",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outDir, { recursive: true });
}
