import assert from "node:assert/strict";
import { test } from "node:test";
import { isFit } from "../harness/fit.ts";
import { World } from "../harness/world.ts";

test("a second browser joins by a link, opens private work, and is signed out from the first", () =>
  World.tell(async (world) => {
    const first = await world.browser();
    const { page } = first;
    await page
      .getByLabel("Invitation code")
      .fill(await world.server.invite("trainee", "Dora Moss"));
    await page.getByLabel("My own device").check();
    await first.clicks("Sign in");
    await first.arrives("Write down your recovery key");
    const shown = page.locator(".nhsuk-inset-text strong");
    const key = (await shown.textContent()) ?? "";
    // It is another one in each run: the picture has letters of the same number.
    await shown.evaluate((element) => {
      element.textContent = element.textContent?.replace(/[A-Z0-9]/g, "X") ?? "";
    });
    await isFit(first, "recovery-key-made");
    await page.getByLabel("I have written it down").check();
    await first.clicks("Go to the inbox");
    await first.goes("/devices", "Your devices");
    await first.clicks("Make a code");
    const code = await page.locator(".nhsuk-inset-text strong").textContent();
    const link = await page.getByLabel("Link").inputValue();

    const second = await world.browser();
    await second.page.goto("about:blank");
    await second.page.goto(link);
    await second.arrives("Sign in to your desk");
    assert.equal(await second.page.getByLabel("Invitation code").inputValue(), code);
    assert.ok(!second.page.url().includes("join="), "the code is out of the address bar");
    await second.clicks("Sign in");
    await second.arrives("Inbox");
    await second.goes("/reflections", "Reflections");
    await second.clicks("Open them", "link");
    await second.arrives("Your private documents");
    await second.clicks("Open them");
    await second.shows("There is a problem");
    await isFit(second, "recovery-key");
    await second.page.getByLabel("Recovery key").fill(key);
    await second.clicks("Open them");
    await second.shows("Your reflections and your record can be read here.");

    await first.syncs();
    await first.goes("/devices", "Your devices");
    await first.clicks("Sign out everywhere else");
    await first.clicks("Sign them out");
    // It hears of it with its next exchange.
    await second.goes("/sync", "Sync");
    await second.clicks("Sync now");
    await second.arrives("You are signed out");
    await second.shows(/signed out from another of your devices/);
    for (const desk of [first, second]) desk.behaved();
  }));

test("signing out everywhere ends the other devices, and this one last", () =>
  World.tell(async (world) => {
    const first = await world.desk("trainee", "Dora Moss");
    await first.goes("/devices", "Your devices");
    assert.equal(await first.page.getByRole("button", { name: /everywhere/ }).count(), 0);
    await first.clicks("Make a code");
    const code = (await first.page.locator(".nhsuk-inset-text strong").textContent()) ?? "";
    const second = await world.browser();
    await second.page.getByLabel("Invitation code").fill(code);
    await second.clicks("Sign in");
    await second.arrives("Inbox");
    await second.goes("/devices", "Your devices");
    await second.clicks(/^Sign out everywhere$/);
    const asked = second.page.getByRole("dialog", { name: /here as well/ });
    await asked.getByRole("button", { name: "Cancel" }).click();

    // Without a connection nothing is ended, and she is still here.
    await second.browser.context.setOffline(true);
    await second.clicks(/^Sign out everywhere$/);
    await asked.getByRole("button", { name: "Sign out everywhere" }).click();
    await second.shows(second.page.getByRole("alert"));
    await second.arrives("Your devices");
    await second.browser.context.setOffline(false);
    await second.clicks(/^Sign out everywhere$/);
    await asked.getByRole("button", { name: "Sign out everywhere" }).click();
    await second.arrives("You are signed out");
    await second.shows(/signed out on all your devices/);
    await first.goes("/sync", "Sync");
    await first.arrives("You are signed out");
    for (const desk of [first, second]) desk.behaved();
  }));
