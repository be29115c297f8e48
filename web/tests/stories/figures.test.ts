import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Desk } from "../harness/desk.ts";
import { tell } from "../harness/figures.ts";
import { typesFreely } from "../harness/frames.ts";
import { World } from "../harness/world.ts";

// Goals in milliseconds.
const COLD = 1500;
const WARM = 400;

/** Changes of a letter that the plan has in which somebody types; `twenty_thousand` has more. */
const CHANGES = 500;

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
    await typesFreely(t, desk, CHANGES);
  }));
