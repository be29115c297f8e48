// The programs that stories start. Each can be named by a variable of the environment; without one
// it is what `cargo build` made.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

// npm runs stories in `web`.
const root = resolve(process.cwd(), "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

function program(variable: string, fallback: string, how: string): string {
  const path = process.env[variable] ?? fallback;
  if (!existsSync(path)) {
    throw new Error(`there is no ${path}: ${how}, or say where it is by ${variable}`);
  }
  return path;
}

/** The program of the server. */
export const server = (): string =>
  program("ENHANCE_SERVER", join(target, "debug/enhance-server"), "cargo build -p enhance-server");

/** The terminal client. */
export const enhance = (): string =>
  program("ENHANCE_CLI", join(target, "debug/enhance"), "cargo build -p enhance-cli");

/** A phone on which a story types. */
export const typist = (): string =>
  program(
    "ENHANCE_TYPIST",
    join(target, "debug/enhance-typist"),
    "cargo build -p enhance-tests --bin enhance-typist",
  );

/** What writes a long plan in a moment. */
export const bench = (): string =>
  program("ENHANCE_BENCH", join(target, "debug/enhance-bench"), "cargo build -p enhance-bench");

/** A browser, as Debian packs it. */
export const chromium = (): string =>
  program("ENHANCE_CHROMIUM", "/usr/bin/chromium", "apt-get install chromium");

/** The programme's content, which a server publishes. */
export const content = join(root, "content/enhance");

/** The page of the desk, as `npm run build` made it. */
export const page = join(root, "web/dist");
