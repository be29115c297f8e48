// A real browser as a process, which a story can kill, with a profile that it can look into.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { Running } from "./process.ts";
import * as programs from "./programs.ts";
import { until } from "./wait.ts";

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  // Letters look the same wherever the story is told.
  "--font-render-hinting=none",
  "--disable-lcd-text",
  "--force-device-scale-factor=1",
  "--remote-debugging-port=0",
];

/** Chromium with a profile of its own. */
export class Browser {
  private process: Running | undefined;
  private readonly parent = mkdtempSync(join(tmpdir(), "enhance-browser-"));
  private opened: BrowserContext | undefined;

  static async start(): Promise<Browser> {
    const browser = new Browser();
    await browser.begin();
    return browser;
  }

  /** The folder in which the browser keeps everything. */
  get profile(): string {
    return join(this.parent, "profile");
  }

  /** Its one window: what it keeps is kept in the profile. */
  get context(): BrowserContext {
    if (this.opened === undefined) throw new Error("the browser does not run");
    return this.opened;
  }

  /** Starts, with what an earlier run left in the profile. */
  async begin(): Promise<void> {
    const port = join(this.profile, "DevToolsActivePort");
    rmSync(port, { force: true });
    const at = `--user-data-dir=${this.profile}`;
    const letters = { FONTCONFIG_FILE: resolve("tests/harness/fonts.conf") };
    const process = Running.start(programs.chromium(), [...ARGS, at, "about:blank"], letters);
    this.process = process;
    const listening = await until("the browser", () => {
      if (process.hasEnded) throw new Error("the browser ended by itself");
      try {
        return /^(\d+)\n\//.exec(readFileSync(port, "utf8"))?.[1];
      } catch {
        return undefined;
      }
    });
    const connected = await chromium.connectOverCDP(`http://127.0.0.1:${listening}`);
    this.opened = connected.contexts()[0];
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.process?.kill();
    this.opened = undefined;
  }

  /** Ends it, and leaves nothing. */
  async end(): Promise<void> {
    await this.kill();
    rmSync(this.parent, { recursive: true, force: true, maxRetries: 5 });
  }
}
