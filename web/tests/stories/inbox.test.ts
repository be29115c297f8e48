import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { beginsPlanOf } from "../harness/large.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const PLAN = { title: "Fewer falls at night", actions: 52, measures: 1 };

/** So much of one kind in one plan the inbox shows at most. */
const SHOWN = 50;

/** Asks for more until the inbox shows all of the rows that it has. */
async function showsAll(rows: Locator): Promise<void> {
  const more = rows.page().getByRole("button", { name: "Show more" });
  await until("all that the inbox shows", async () => {
    if (await more.isVisible()) await more.click();
    return (await rows.count()) === SHOWN;
  });
}

test("each overdue action is named in the inbox, and where a plan has more the way is shown", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const ben = await world.desk("supervisor", "Ben Lee");
    const { page } = ben;
    await ana.does("sync");
    const project = await beginsPlanOf(ana, PLAN, "Ben Lee");
    await ben.clicks(/Accept/);
    await ben.goes(`/projects/${project}`, PLAN.title);
    await ben.goes("/", "Inbox");
    const rows = page.getByRole("link", { name: /^Hang a lamp at bed \d+,/ });
    await until("the first of them", async () => (await rows.count()) > 0);
    await ben.shows(/^At least \d+ things wait/);
    await showsAll(rows);
    const names = await rows.allTextContents();
    assert.equal(new Set(names).size, SHOWN, "each says which action it is");
    assert.deepEqual(await ben.barriers(), []);

    const last = rows.last();
    const words = /^(.*), Action overdue$/.exec((await last.textContent()) ?? "")?.[1] ?? "";
    await last.press("Enter");
    await ben.arrives(PLAN.title);
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest(".plan-card")?.textContent ?? "");
    await until("the action", async () => (await focused()).startsWith(words));

    await ben.goes("/", "Inbox");
    await showsAll(rows);
    await ben.clicks(/^See them all in the plan/, "link");
    await ben.arrives(PLAN.title);
    const heading = page.getByRole("heading", { name: "Actions", exact: true });
    await until("the actions", () =>
      heading.evaluate((shown) => {
        const { top, bottom } = shown.getBoundingClientRect();
        return shown === document.activeElement && top >= 0 && bottom <= innerHeight;
      }),
    );
    ben.behaved();
  }));

test("until a first sync has ended nobody is told that nothing waits", () =>
  World.tell(async (world) => {
    const ben = await world.browser();
    const { context } = ben.browser;
    const exchange = "**/v1/exchange";
    let answer = () => {};
    const answered = new Promise<void>((go) => {
      answer = go;
    });
    await context.route(exchange, async (route) => {
      await answered;
      await route.abort("connectionreset").catch(() => {});
    });
    await ben.enrols(await world.server.invite("supervisor", "Ben Lee"), "A shared computer");
    const nothing = ben.page.getByText("Nothing waits for you.");
    await ben.shows("What is on the server is still being fetched.");
    assert.equal(await nothing.count(), 0);
    answer();
    await ben.shows(/could not be fetched yet/);
    assert.equal(await nothing.count(), 0);
    await context.unroute(exchange);
    await ben.syncs();
    await ben.goes("/", "Inbox");
    await ben.shows(nothing);
    ben.behaved();
  }));
