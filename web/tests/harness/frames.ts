// Whether the page stays free while somebody types in it.

import type { TestContext } from "node:test";
import type { Desk } from "./desk.ts";
import { tell } from "./figures.ts";
import { until } from "./wait.ts";

/** Milliseconds of one frame. */
const FRAME = 16;

/** Milliseconds between two keys of somebody who types. */
const BETWEEN = 80;

const WORDS = " Forty letters, typed as people type them.";

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

/** Says for how long the page is busy at most, and how many frames are late, while something is
 * done. */
export async function staysFree(
  t: TestContext,
  desk: Desk,
  doing: string,
  act: () => Promise<unknown>,
): Promise<void> {
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
  tell(t, `the longest while ${doing}`, Math.max(0, ...delays), FRAME);
}

/** Types in a section of a plan that is open, once so many letters stand there, and says for how long
 * the page was busy at most. */
export async function typesFreely(t: TestContext, desk: Desk, letters: number): Promise<void> {
  const field = desk.page.getByLabel(/^Problem:/);
  await until("the text", async () => (await field.inputValue()).length >= letters);
  await field.press("ControlOrMeta+End");
  await staysFree(t, desk, "a key was typed", () => typesHere(desk));
}

/** Types in the field that has the focus, which nothing looks for meanwhile. */
export async function typesHere({ page }: Desk): Promise<void> {
  await page.keyboard.type(WORDS, { delay: BETWEEN });
}

/** Types in the field that has the focus: how many milliseconds the page works for each key, however
 * much else the machine does at the same time. */
export async function workOfKey(desk: Desk): Promise<number> {
  const devtools = await desk.browser.context.newCDPSession(desk.page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
  };
  const before = await worked();
  await typesHere(desk);
  const spent = (await worked()) - before;
  await devtools.detach();
  return spent / WORDS.length;
}
