// Runs tests written in TypeScript with Node's own runner, which takes them bundled.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

const web = resolve(import.meta.dirname, "..");

/** The tests below a folder of `web`, without what their names end in. */
export function testsIn(folder) {
  const files = readdirSync(join(web, folder), { recursive: true });
  return files
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => file.replace(/\.test\.ts$/, ""));
}

/** Bundles these tests of a folder and runs them; the process then ends as they did. */
export async function run(folder, tests, options = []) {
  const named = tests.map((test) => [
    test.replaceAll("/", "-"),
    join(web, folder, `${test}.test.ts`),
  ]);
  // Beside the packages, so that these are found from there.
  const outDir = join(web, "node_modules/.tests", folder);
  const output = { entryFileNames: "[name].mjs" };
  try {
    await build({
      configFile: false,
      publicDir: false,
      logLevel: "warn",
      build: {
        ssr: true,
        outDir,
        emptyOutDir: true,
        rolldownOptions: { input: Object.fromEntries(named), output },
      },
    });
    const made = named.map(([name]) => join(outDir, `${name}.mjs`));
    const args = ["--test", "--test-reporter=spec", ...options, ...made];
    const { status } = spawnSync(process.execPath, args, { cwd: web, stdio: "inherit" });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
