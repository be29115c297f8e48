// Whether the page stays free while somebody types in it.

import type { TestContext } from "node:test";
import type { Desk } from "./desk.ts";
import { tell } from "./figures.ts";
import { until } from "./wait.ts";

/** Milliseconds of one frame. */
export const FRAME = 16;

/** Milliseconds between two keys of somebody who types. */
const BETWEEN = 80;

export const WORDS = " Forty letters, typed as people type them.";

/** Runs in the page: notes each task and each key that keeps the page busy for longer than a frame,
 * and how much later than that a frame came. */
function noteDelays(frame: number): void {
  const noted: number[] = [];
  const late: number[] = [];
  Object.assign(window, { noted, late });
  const next = (before: number) => (now: number) => {
    if (Reflect.get(window, "late") !== late) return;
    late.push(Math.max(0, now - before - frame));
    requestAnimationFrame(next(now));
  };
  requestAnimationFrame(next(performance.now()));
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.push(duration);
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      const busy = entry.processingEnd - entry.processingStart;
      if (busy > frame) noted.push(busy);
    }
  }).observe({ type: "event", durationThreshold: frame } as PerformanceObserverInit);
}

/** Says how many frames are late while something is done: for how long the page is busy at most. */
export async function longestOf(
  t: TestContext,
  desk: Desk,
  act: () => Promise<unknown>,
): Promise<number> {
  await desk.page.evaluate(noteDelays, FRAME);
  await act();
  const noted = (name: string) =>
    desk.page.evaluate((called) => Reflect.get(window, called) as number[], name);
  const [delays, late] = [await noted("noted"), await noted("late")];
  const lost = late.filter((by) => by > FRAME).length;
  t.diagnostic(
    `${lost} of ${late.length} frames came a frame late, the worst by ${Math.max(...late)} ms`,
  );
  t.diagnostic(`${delays.length} tasks of more than a frame`);
  return Math.max(0, ...delays);
}

/** Types in a section of a plan that is open, once so many letters stand there, and says for how
 * long the page was busy at most. */
export async function typesFreely(t: TestContext, desk: Desk, letters: number): Promise<void> {
  const field = desk.page.getByLabel(/^Problem:/);
  await until("the text", async () => (await field.inputValue()).length >= letters);
  await field.press("ControlOrMeta+End");
  const longest = await longestOf(t, desk, () => typesHere(desk));
  tell(t, "the longest while a key was typed", longest, FRAME);
}

/** Types in the field that has the focus, which nothing looks for meanwhile. */
export async function typesHere({ page }: Desk): Promise<void> {
  await page.keyboard.type(WORDS, { delay: BETWEEN });
}

/** What the page did, in milliseconds that its main thread worked itself: however much else the
 * machine does at the same time, it is about the same. */
export interface Work {
  readonly whole: number;
  readonly longestTask: number;
}

/** What of a trace is looked at. */
interface Traced {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that its thread worked. */
  readonly tdur?: number;
}

/** How much the page works while something is done. */
export async function workOf({ browser, page }: Desk, act: () => Promise<unknown>): Promise<Work> {
  const devtools = await browser.context.newCDPSession(page);
  const traced: Traced[] = [];
  devtools.on("Tracing.dataCollected", ({ value }) => {
    traced.push(...(value as unknown as Traced[]));
  });
  const categories = "toplevel,blink.user_timing";
  await devtools.send("Tracing.start", { categories, transferMode: "ReportEvents" });
  await page.evaluate(() => performance.mark("here"));
  await act();
  const complete = new Promise((done) => devtools.once("Tracing.tracingComplete", done));
  await devtools.send("Tracing.end");
  await complete;
  await devtools.detach();
  const here = traced.find(({ name }) => name === "here");
  const ofPage = traced.filter(({ pid, tid }) => pid === here?.pid && tid === here.tid);
  const tasks = ofPage.filter(({ name }) => name.endsWith("::RunTask"));
  const millis = tasks.map(({ tdur = 0 }) => tdur / 1000);
  if (millis.length === 0) throw new Error("no task of the page was traced");
  return { whole: millis.reduce((sum, one) => sum + one), longestTask: Math.max(...millis) };
}
