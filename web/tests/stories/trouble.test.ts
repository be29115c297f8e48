import assert from "node:assert/strict";
import { test } from "node:test";
import { isFit } from "../harness/fit.ts";
import { Plan } from "../harness/plan.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("what is typed while the network is gone survives a reload, and is sent later", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    await plan.types(" Before,");
    await until("the first words on the phone", async () => {
      return (await plan.reads()).endsWith(" Before,");
    });
    // Without a network the page comes from what the browser keeps of it.
    await ben.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await ben.browser.context.setOffline(true);
    await plan.types(" during");
    await ben.shows(/You are offline/);
    await ben.shows(/not yet sent/);

    await ben.page.reload();
    await plan.opens();
    assert.match(await plan.problem.inputValue(), /Before, during$/);

    await ben.browser.context.setOffline(false);
    await plan.types(" and after.");
    await until("all of it on the phone", async () => {
      return (await plan.reads()).endsWith("Before, during and after.");
    });
    ben.behaved();
  }));

test("whose right is taken away while they type keeps their words, readable", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ana, ben, id, title } = plan;
    await ben.browser.context.setOffline(true);
    await plan.types(" Ben proposes a night round.");
    await ana.does("project", "member", "remove", id, "Ben Lee");
    await ana.does("sync");
    // All of it is kept here by then, so that nothing is in this window alone.
    await ben.goes("/sync", "Sync");
    await ben.browser.context.setOffline(false);
    await until("the words to be told of", async () => {
      await ben.goes("/sync", "Sync");
      return ben.page.getByRole("link", { name: title }).isVisible();
    });
    await ben.clicks(title, "link");
    await ben.shows(/Ben proposes a night round/);
    await ben.shows(ben.page.getByRole("rowheader", { name: /^Problem/ }));
    await isFit(ben, "quarantine");
    assert.doesNotMatch(await plan.reads(), /night round/);
    ben.behaved();
  }));

test("a server that was restored gets back what the desk had sent", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ana, ben } = plan;
    const kept = await world.server.keep();
    await plan.types(" Most are unseen.");
    await until("the words on the phone", async () => {
      return (await plan.reads()).includes("unseen");
    });
    await world.server.restore(kept);
    await ben.syncs();
    const bea = await world.phone("trainee", "Bea Holt");
    await ana.does("sync");
    assert.match(await plan.reads(), /unseen/);
    await plan.opens();
    assert.match(await plan.problem.inputValue(), /unseen/);
    assert.equal(bea.name, "Bea Holt");
    ben.behaved();
  }));

test("a network that asks for terms first is not taken for the server", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    await world.server.becomePortal();
    await plan.types(" Said in a café.");
    await ben.goes("/sync", "Sync");
    await ben.clicks("Sync now");
    await ben.shows(/no Enhance server/);
    await ben.shows(/This network may want you to sign in first/);
    await ben.goes("/", "Inbox");
    await ben.shows(ben.page.getByRole("status").getByText(/want you to sign in first/));
    await ben.goes("/sync", "Sync");
    await world.server.endPortal();
    await ben.clicks("Sync now");
    await until("the words on the phone", async () => {
      return (await plan.reads()).includes("café");
    });
    ben.behaved();
  }));

test("a text that was too long keeps nothing back once it is short", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben, problem } = plan;
    const reachedAfter = async (words: string) => {
      const began = performance.now();
      await plan.types(words);
      await plan.reaches(new RegExp(`${words}$`));
      return performance.now() - began;
    };
    const usual = await reachedAfter(" Most are unseen.");
    await problem.press("ControlOrMeta+End");
    await ben.page.keyboard.insertText("We see too many falls. ".repeat(12_000));
    await ben.shows(/is too long by/);
    await problem.press("ControlOrMeta+a");
    await problem.press("Delete");
    const after = await reachedAfter("Now it is short.");
    assert.ok(after < 3 * usual + 2_000, `${after} ms, where it takes ${usual} ms`);
    ben.behaved();
  }));
