// Pictures of pages, compared with those that are kept.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pixelmatch from "pixelmatch";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";

const kept = resolve(process.cwd(), "tests/screens");
const isBlessed = process.env.ENHANCE_BLESS === "1";

/** The share of a picture that may differ: another version of a font moves edges, no more. */
const TOLERANCE = 0.01;

const WIDTHS = { phone: 390, desk: 1280 } as const;
/** A sheet of A4, in pixels. */
const PAPER = { width: 794, height: 1123 } as const;
const SCHEMES = ["light", "dark"] as const;

/**
 * Compares a page with the pictures that are kept of it, at each width, light and dark.
 *
 * What a clock says is written over first, since every run has another.
 */
export async function looksAsKept(page: Page, name: string): Promise<void> {
  const others: string[] = [];
  // A dialog stands over what is in sight, wherever the page is.
  const fullPage = (await page.locator("dialog[open]").count()) === 0;
  // What a pointer is over looks otherwise.
  await page.mouse.move(0, 0);
  for (const [device, width] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width, height: 844 });
    await page.evaluate(settled);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(stopClocks);
      const taken = await page.screenshot({
        fullPage,
        animations: "disabled",
        caret: "hide",
      });
      const picture = `${name}-${device}-${colorScheme}.png`;
      if (!isAsKept(picture, taken)) others.push(picture);
    }
  }
  if (others.length > 0) throw new Error(differing(others));
}

function differing(pictures: readonly string[]): string {
  const where = join(tmpdir(), "enhance-screens");
  const how = "look at them, and keep them with ENHANCE_BLESS=1 if they are meant";
  return `${pictures.join(", ")} differ from what is kept (see ${where}); ${how}`;
}

/** Compares what a page is on paper with the picture that is kept of it. */
export async function printsAsKept(page: Page, name: string): Promise<void> {
  const { width, height } = PAPER;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.evaluate(settled);
  await page.evaluate(stopClocks);
  const taken = await page.screenshot({ fullPage: true });
  await page.emulateMedia({ media: null });
  const picture = `${name}-paper.png`;
  if (!isAsKept(picture, taken)) throw new Error(differing([picture]));
}

/**
 * Runs in the page: waits until nothing moves, and each chart is drawn for its room, which it is
 * when the core has time.
 */
async function settled(): Promise<void> {
  const [narrowest, widest, step] = [240, 880, 40];
  const isDrawn = (chart: HTMLImageElement) => {
    const room = chart.closest(".plan-chart")?.clientWidth ?? 0;
    const fit = Math.min(widest, Math.max(narrowest, Math.floor(room / step) * step));
    return chart.complete && chart.naturalWidth === fit;
  };
  let before = "";
  for (let same = 0, looks = 0; same < 4 && looks < 100; looks++) {
    await new Promise((after) => setTimeout(after, 150));
    const charts = [...document.querySelectorAll<HTMLImageElement>(".plan-chart img")];
    const now = `${document.body.scrollHeight} ${charts.map((chart) => chart.clientWidth)}`;
    same = now === before && charts.every(isDrawn) ? same + 1 : 0;
    before = now;
  }
}

/** Runs in the page: every time that is shown becomes one and the same. */
function stopClocks(): void {
  for (const shown of document.querySelectorAll("time")) {
    if (shown.textContent !== "26 November 2026") shown.textContent = "26 November 2026";
  }
}

function isAsKept(name: string, taken: Buffer): boolean {
  const file = join(kept, name);
  if (isBlessed) {
    if (!existsSync(file) || !isLike(readFileSync(file), taken)) writeFileSync(file, taken);
    return true;
  }
  if (existsSync(file) && isLike(readFileSync(file), taken)) return true;
  const where = join(tmpdir(), "enhance-screens");
  mkdirSync(where, { recursive: true });
  writeFileSync(join(where, name), taken);
  return false;
}

function isLike(before: Buffer, now: Buffer): boolean {
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(now)];
  if (a.width !== b.width || a.height !== b.height) return false;
  const differing = pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.2 });
  return differing <= TOLERANCE * a.width * a.height;
}
