import assert from "node:assert/strict";
import { test } from "node:test";
import { begins } from "../harness/plans.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const NOTHING = "There is nothing at this address";
const NOBODYS = "01010101-0101-7101-8101-010101010101";

/** What an address may name that is not here. */
const kinds = ["projects", "sign-offs", "copies", "reflections", "modules", "pages", "quarantine"];
const papers = ["page", "full", "recipe"];

test("an address that names nothing says so on whatever page, and offers nothing on it", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    const { page } = ana;
    await begins(ana, "Fewer falls at night");
    const [plan] = (await page.evaluate(() => location.hash)).split("/").slice(-1);
    const wrong = ["zz", NOBODYS, "%E0%A4%A", "7"].flatMap((id) => [
      ...kinds.map((kind) => `/${kind}/${id}`),
      ...papers.map((paper) => `/projects/${id}/${paper}`),
      ...["projects", "copies", "reflections"].map((of) => `/tickets/${of}/${id}`),
    ]);
    const unknown = ["/nope", "/tickets/x/y", `/tickets/x/${plan}`, `/tickets/copies/${plan}`];
    for (const address of [...wrong, ...unknown, `/sign-offs/${plan}`, `/projects/${plan}/x`]) {
      await ana.goes("/sync", "Sync");
      await ana.goes(address, NOTHING);
      await until(`the window of ${address}`, async () => (await page.title()).startsWith(NOTHING));
      assert.equal(await page.getByRole("heading").count(), 1, address);
      const main = page.getByRole("main");
      assert.equal(await main.getByRole("button").count(), 0, address);
      assert.doesNotMatch((await main.textContent()) ?? "", /NaN|undefined|invalid/, address);
    }
    assert.deepEqual(await ana.barriers(), []);
    await ana.clicks("Go to the inbox", "link");
    await ana.arrives("Inbox");
    ana.behaved();
  }));
