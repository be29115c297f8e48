import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Desk } from "../harness/desk.ts";
import { tell } from "../harness/figures.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

// Goals in milliseconds.
const COLD = 1500;
const WARM = 400;
const FRAME = 16;

/** Changes that the plan has in which somebody types; 20,000 where figures are taken. */
const CHANGES = Number(process.env.ENHANCE_CHANGES ?? 500);

/** Notes in each page that is loaded from now on when its first heading is this one. */
async function noteArrival(page: Page, heading: string): Promise<void> {
  await page.addInitScript((heading) => {
    const arrived = () => document.querySelector("h1")?.textContent === heading;
    const watcher = new MutationObserver(() => {
      if (!arrived()) return;
      document.documentElement.dataset.arrived = String(performance.now());
      watcher.disconnect();
    });
    watcher.observe(document, { childList: true, subtree: true });
  }, heading);
}

/** Milliseconds from the start of the navigation until the page could be used. */
async function arrival(desk: Desk): Promise<number> {
  const root = desk.page.locator("html[data-arrived]");
  await root.waitFor({ state: "attached" });
  return Number(await root.getAttribute("data-arrived"));
}

test("the desk can be used soon after it is asked for", (t) =>
  World.tell(async (world) => {
    const desk = await world.desk("supervisor", "Ben Lee", "My own device");
    const { page } = desk;
    await desk.syncs();
    await desk.goes("/", "Inbox");
    await noteArrival(page, "Inbox");
    const devtools = await desk.browser.context.newCDPSession(page);
    // Nothing of the page is kept, as on the first visit; what the person wrote is.
    const origin = world.server.url;
    await devtools.send("Network.clearBrowserCache");
    const storageTypes = "service_workers,cache_storage";
    await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes });
    const sent: string[] = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      sent.push(`${pathname} ${response.headers()["content-length"] ?? "?"}`);
    });
    await page.reload();
    tell(t, "cold, until the inbox is there", await arrival(desk), COLD);
    t.diagnostic(`bytes by then: ${sent.filter((line) => !line.startsWith("/v1/")).join(", ")}`);
    await page.reload();
    await arrival(desk);
    await page.reload();
    tell(t, "warm, until the inbox is there", await arrival(desk), WARM);
  }));

/** Runs in the page: notes each task and each key that keeps the page busy for longer than a frame. */
function noteDelays(frame: number): void {
  const noted: number[] = [];
  Object.assign(window, { noted });
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

test("typing in a long plan keeps the page free", (t) =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.desk("supervisor", "Ben Lee", "My own device");
    await ana.does("sync");
    const project = await ana.begins("Fewer falls at night", ["Ben Lee"]);
    const phone = await ana.typing();
    await phone.grows(project, "problem", CHANGES);
    await phone.end();
    await ana.does("sync");
    await desk.clicks(/Accept/);
    await desk.goes(`/projects/${project}`, "Fewer falls at night");
    const field = desk.page.getByLabel(/^Problem:/);
    await until("the text", async () => (await field.inputValue()).length >= CHANGES);
    await field.press("ControlOrMeta+End");
    await desk.page.evaluate(noteDelays, FRAME);
    await field.pressSequentially(" Forty letters, typed as people type them.", { delay: 80 });
    const delays = await desk.page.evaluate(() => Reflect.get(window, "noted") as number[]);
    const longest = Math.max(0, ...delays);
    t.diagnostic(`${delays.length} tasks of more than a frame, in a plan of ${CHANGES} changes`);
    tell(t, "the longest while a key was typed", longest, FRAME);
  }));
