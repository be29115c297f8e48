// What holds of each page.

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Desk } from "./desk.ts";
import { sameNames } from "./names.ts";
import { looksAsKept } from "./screens.ts";

/** A window of 1280 pixels at 400 % is so wide. */
const NARROWEST = 320;

/**
 * Nobody is kept out of the page as it stands, light or dark; it fits a narrow window, keeps still
 * for who asks for that, and looks as it did.
 */
export async function isFit(desk: Desk, name: string): Promise<void> {
  const { page } = desk;
  await desk.rests();
  await page.evaluate(layOutAll);
  assert.deepEqual(await sameNames(page), [], `called the same on ${name}`);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await desk.barriers(), [], `barriers on ${name}, ${colorScheme}`);
  }
  await page.setViewportSize({ width: NARROWEST, height: 640 });
  const wide = await page.evaluate(tooWide, NARROWEST);
  assert.deepEqual(wide, [], `wider than a narrow window on ${name}`);
  assert.deepEqual(await page.evaluate(moving), [], `moving on ${name}`);
  await looksAsKept(page, name);
  await page.evaluate(layOutInSight);
}

/** Runs in the page: lays out what is far from sight as well, so that it is looked at too. */
function layOutAll(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".plan-card { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
}

/** Runs in the page: takes that back. */
function layOutInSight(): void {
  document.adoptedStyleSheets = [];
}

/** Runs in the page: what reaches out of a window of this width, but for what scrolls by itself. */
function tooWide(width: number): string[] {
  if (document.documentElement.scrollWidth <= width) return [];
  const all = [...document.querySelectorAll("body *")];
  const out = all.filter((one) => one.getBoundingClientRect().right > width + 1);
  const alone = out.filter((one) => !one.parentElement?.closest(".desk-scroll"));
  const said = alone.map((one) => `${one.tagName} ${one.className}`.slice(0, 80));
  return said.length > 0 ? said.slice(-5) : ["something"];
}

/** Runs in the page: what changes its looks little by little. */
function moving(): string[] {
  const all = [...document.querySelectorAll("*")];
  const isMoving = (one: Element) => {
    const { transitionDuration, animationDuration } = getComputedStyle(one);
    return !/^(0s(, )?)+$/.test(transitionDuration) || !/^(0s(, )?)+$/.test(animationDuration);
  };
  return all.filter(isMoving).map((one) => `${one.tagName} ${one.className}`.slice(0, 80));
}

/** What is wrong with a place at which somebody stops who walks through a page by Tab. */
export interface Stumble {
  at: string;
  wrong: string;
}

/** So many stops are walked at most. */
const MOST_STOPS = 400;

/** Walks through a page by Tab alone, and says where a stop is out of sight or looks like none. */
export async function stumbles(page: Page): Promise<Stumble[]> {
  const found: Stumble[] = [];
  await page.evaluate(toTheBeginning);
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    const { at, wrong, isEnd } = await page.evaluate(stopHere, stop);
    if (isEnd) return found;
    found.push(...wrong.map((one) => ({ at, wrong: one })));
  }
  throw new Error(`Tab never came to the end of ${page.url()}`);
}

/** Runs in the page: as if it had been loaded just now. */
function toTheBeginning(): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-walked]")) {
    delete one.dataset.walked;
  }
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}

/** Runs in the page: how the element that has the focus is to be seen. */
function stopHere(stop: number): { at: string; wrong: string[]; isEnd: boolean } {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body || focused.dataset.walked) {
    return { at: "", wrong: [], isEnd: stop > 0 };
  }
  focused.dataset.walked = String(stop);
  const at = `${focused.tagName} ${focused.ariaLabel ?? focused.textContent ?? ""}`.slice(0, 60);
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const above = document.elementFromPoint(x, y);
  const wrong: string[] = [];
  const isSeen = above && (focused.contains(above) || above.contains(focused));
  const label = "labels" in focused ? (focused.labels as NodeListOf<HTMLElement> | null) : null;
  const isLabel = above && [...(label ?? [])].some((one) => one.contains(above));
  if (!isSeen && !isLabel) wrong.push(`covered by ${above?.tagName} ${above?.className}`);
  const marked = [focused, ...(label ?? [])].some((one) =>
    ["", "::before", "::after"].some((part) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one, part);
      const isOutlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
      return isOutlined || boxShadow !== "none";
    }),
  );
  if (!marked) wrong.push("the focus is not marked");
  return { at, wrong, isEnd: false };
}
