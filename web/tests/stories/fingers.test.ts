import assert from "node:assert/strict";
import { test } from "node:test";
import { accepts, invited } from "../harness/plans.ts";
import { World } from "../harness/world.ts";

/** CSS pixels that what is pressed has at least in both directions, and under a finger. */
const AT_LEAST = 24;
const FINGER = 44;

/** Runs in the page: what is pressed and is smaller, but for links in a text. */
function smallerThan(least: number): string[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".plan-card { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
  for (const one of document.querySelectorAll("details")) one.open = true;
  const pressed = [...document.querySelectorAll("main :is(button, summary, select)")];
  const small = pressed.filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && Math.min(width, height) < least;
  });
  return small.map((one) => `${one.tagName}: ${one.textContent}`);
}

test("what is pressed on a plan is large enough in a narrow window, and larger for a finger", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    await accepts(ben, project);
    const { page } = ben;
    await page.setViewportSize({ width: 320, height: 640 });
    await ben.shows(page.getByRole("button", { name: /^Show it by group/ }));
    assert.deepEqual(await page.evaluate(smallerThan, AT_LEAST), []);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    assert.ok(await page.evaluate(() => matchMedia("(pointer: coarse)").matches));
    assert.deepEqual(await page.evaluate(smallerThan, FINGER), []);
    ben.behaved();
  }));
