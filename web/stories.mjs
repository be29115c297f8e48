// Tells the stories in `tests/stories`, each bundled for Node: all, or those whose names are given.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const here = import.meta.dirname;
const stories = join(here, "tests/stories");
// Beside the packages, so that these are found from there.
const outDir = join(here, "node_modules/.stories");
const wanted = process.argv.slice(2);
const names = readdirSync(stories)
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => file.replace(/\.test\.ts$/, ""))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
const input = Object.fromEntries(names.map((name) => [name, join(stories, `${name}.test.ts`)]));
try {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input, output: { entryFileNames: "[name].mjs" } },
    },
  });
  const made = names.map((name) => join(outDir, `${name}.mjs`));
  // One after the other: each has a server and browsers of its own, and some measure.
  const how = ["--test", "--test-reporter=spec", "--test-concurrency=1"];
  const { status } = spawnSync(process.execPath, [...how, ...made], {
    cwd: here,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
