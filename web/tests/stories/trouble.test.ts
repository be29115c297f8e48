import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { isFit } from "../harness/fit.ts";
import type { Phone } from "../harness/phone.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const TITLE = "Fewer falls at night";

/** Ana's plan, in which Ben takes part at his desk. */
async function shared(world: World): Promise<{ ana: Phone; ben: Desk; project: string }> {
  const ana = await world.phone("trainee", "Ana Costa");
  const ben = await world.desk("supervisor", "Ben Lee", "My own device");
  await ana.does("sync");
  const project = await ana.begins(TITLE, ["Ben Lee"]);
  await ana.writes(project, "problem", "We see too many falls.");
  await ben.clicks(/Accept/);
  await ana.does("sync");
  await opens(ben, project);
  return { ana, ben, project };
}

async function opens(desk: Desk, project: string): Promise<void> {
  await desk.goes(`/projects/${project}`, TITLE);
  await until("the paragraph", async () => (await problem(desk).inputValue()) !== "");
}

const problem = (desk: Desk) => desk.page.getByLabel(/^Problem:/);

async function types(desk: Desk, words: string): Promise<void> {
  await problem(desk).press("ControlOrMeta+End");
  await problem(desk).pressSequentially(words);
}

test("what is typed while the network is gone survives a reload, and is sent later", () =>
  World.tell(async (world) => {
    const { ana, ben, project } = await shared(world);
    await types(ben, " Before,");
    await until("the first words on the phone", async () => {
      return (await ana.reads(project, "problem")).endsWith(" Before,");
    });
    // The page itself is kept by then, so that it can be loaded again.
    await ben.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await ben.browser.context.setOffline(true);
    await types(ben, " during");
    await ben.shows(/You are offline/);
    await ben.shows(/not yet sent/);

    await ben.page.reload();
    await opens(ben, project);
    assert.match(await problem(ben).inputValue(), /Before, during$/);

    await ben.browser.context.setOffline(false);
    await types(ben, " and after.");
    await until("all of it on the phone", async () => {
      return (await ana.reads(project, "problem")).endsWith("Before, during and after.");
    });
    ben.behaved();
  }));

test("whose right is taken away while they type keeps their words, readable", () =>
  World.tell(async (world) => {
    const { ana, ben, project } = await shared(world);
    await ben.browser.context.setOffline(true);
    await types(ben, " Ben proposes a night round.");
    await ana.does("project", "member", "remove", project, "Ben Lee");
    await ana.does("sync");
    await ben.browser.context.setOffline(false);
    await until("the words to be told of", async () => {
      await ben.goes("/sync", "Sync");
      return ben.page.getByRole("link", { name: TITLE }).isVisible();
    });
    await ben.clicks(TITLE, "link");
    await ben.shows(/Ben proposes a night round/);
    await ben.shows(ben.page.getByRole("rowheader", { name: /^Problem/ }));
    await isFit(ben, "quarantine");
    assert.doesNotMatch(await ana.reads(project, "problem"), /night round/);
    ben.behaved();
  }));

test("a server that was restored gets back what the desk had sent", () =>
  World.tell(async (world) => {
    const { ana, ben, project } = await shared(world);
    const kept = await world.server.keep();
    await types(ben, " Most are unseen.");
    await until("the words on the phone", async () => {
      return (await ana.reads(project, "problem")).includes("unseen");
    });
    await world.server.restore(kept);
    await ben.syncs();
    const bea = await world.phone("trainee", "Bea Holt");
    await ana.does("sync");
    assert.match(await ana.reads(project, "problem"), /unseen/);
    await opens(ben, project);
    assert.match(await problem(ben).inputValue(), /unseen/);
    assert.equal(bea.name, "Bea Holt");
    ben.behaved();
  }));

test("a network that asks for terms first is not taken for the server", () =>
  World.tell(async (world) => {
    const { ana, ben, project } = await shared(world);
    await world.server.becomePortal();
    await types(ben, " Said in a café.");
    await ben.goes("/sync", "Sync");
    await ben.clicks("Sync now");
    await ben.shows(/no Enhance server/);
    await world.server.endPortal();
    await ben.clicks("Sync now");
    await until("the words on the phone", async () => {
      return (await ana.reads(project, "problem")).includes("café");
    });
    ben.behaved();
  }));

test("a second tab says that the desk is open in the first, and can take over", () =>
  World.tell(async (world) => {
    const { ben } = await shared(world);
    const first = ben.page;
    const second = await ben.browser.context.newPage();
    ben.watch(second);
    ben.page = second;
    await ben.visit();
    await ben.arrives("The desk is open in another tab");
    await first.close();
    await ben.clicks("Open it here");
    await ben.arrives("Inbox");
    ben.behaved();
  }));
