import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { isFit } from "../harness/fit.ts";
import { begins, invited } from "../harness/plans.ts";
import { opens } from "../harness/tickets.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

/** The second step of an answer. */
async function isSure({ page }: Desk, button: "Sign" | "Return"): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button, exact: true }).click();
}

test("a sign-off is answered without a connection and sent once there is one", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.desk("supervisor", "Ben Lee");
    const { page } = desk;
    await ana.does("sync");
    const reflection = await ana.reflects("The discharge letter", "Nobody could read it.");
    const asking = ["--reflection", reflection, "--with", "Ben Lee", "--message", "By Friday?"];
    await ana.does("sign-off", "ask", ...asking);
    await ana.does("sync");
    const listed = async () => (await ana.does("sign-off", "list")).asked_by_me.items[0];

    await desk.clicks(/The discharge letter/, "link");
    await desk.arrives("The discharge letter");
    await desk.shows("Nobody could read it.");
    await desk.shows("By Friday?");
    await desk.shows("What your signature says");

    await desk.browser.context.setOffline(true);
    await desk.clicks("Check and return");
    await desk.shows("There is a problem");
    await page.getByLabel("You sign as").selectOption("Clinical supervisor");
    await page.getByLabel("Your statement").fill("Say what you will do next time.");
    await desk.clicks("Check and return");
    await isSure(desk, "Return");
    await desk.shows(page.getByRole("heading", { name: "You have answered this" }));
    await desk.shows("Saved here, not yet sent");
    await ana.does("sync");
    assert.equal((await listed()).standing, "asked");

    await desk.browser.context.setOffline(false);
    await until("the answer on the phone", async () => {
      await ana.does("sync");
      return (await listed()).standing === "returned";
    });

    await desk.clicks("Answer anew");
    await page.getByLabel("You sign as").selectOption("Clinical supervisor");
    await desk.clicks("Check and sign");
    await isSure(desk, "Sign");
    await desk.shows(/Superseded: another answer stands in its place/);
    await until("the signature on the phone", async () => {
      await ana.does("sync");
      return (await listed()).standing === "signed";
    });
    desk.behaved();
  }));

test("what was signed stays what it was, and a later change is shown beside it", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.desk("supervisor", "Ben Lee");
    const { page } = desk;
    await ana.does("sync");
    const project = await ana.begins("Fewer falls at night", ["Ben Lee"]);
    await ana.writes(project, "problem", "We see too many falls.");
    await desk.clicks(/Accept/);
    await ana.does("sign-off", "ask", "--project", project, "--with", "Ben Lee");
    await ana.does("sync");

    await desk.goes("/sign-offs", "Sign-offs");
    await desk.clicks(/Fewer falls at night/, "link");
    await desk.arrives("Fewer falls at night");
    await page.getByLabel("You sign as").selectOption("Educational supervisor");
    await desk.clicks("Check and sign");
    await isSure(desk, "Sign");
    await desk.shows(page.getByRole("heading", { name: "You have answered this" }));

    await ana.writes(project, "problem", "We see too many falls at noon.");
    await desk.shows("Changed since sign-off");
    const changed = page.getByRole("region", { name: "Changed since sign-off" });
    await desk.shows(changed.getByText("New: at noon"));
    await desk.shows(changed.getByText("Both as a whole"));
    assert.equal(await changed.locator("del").filter({ visible: true }).count(), 0);
    await desk.shows(
      page
        .getByRole("region", { name: "The text you are asked to sign" })
        .getByText("too many falls."),
    );
    desk.behaved();
  }));

test("a plan's sign-off is asked for from its page, and signed there by somebody who came along", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    const { page } = ana;
    await begins(ana, "Fewer falls at night");
    await page.getByLabel(/^Problem:/).fill("We see too many falls.");
    await ana.clicks("Ask for a sign-off of this plan");
    const own = page.getByLabel("On a device of their own");
    assert.ok(await own.evaluate((field) => field === document.activeElement), "the focus went in");
    await page.getByLabel("Here, at this screen").check();
    await ana.clicks("Look through it first");
    await ana.clicks("Go on to signing");

    await ana.shows(page.getByRole("heading", { name: "Sign here, at this screen" }));
    await ana.shows(
      page.getByRole("region", { name: "The text" }).getByText("We see too many falls."),
    );
    await ana.clicks("Check and sign");
    await ana.shows("There is a problem");
    await isFit(ana, "witness");
    await page.getByLabel("Their name").fill("Dr Lee Wong");
    await page.getByLabel("How you know them").fill("Works on this ward");
    await page.getByLabel("They sign as").selectOption("Clinical supervisor");
    await page.getByLabel("Their statement").fill("She counted them herself.");
    await ana.clicks("Check and sign");
    const sure = page.getByRole("dialog", { name: "Sign this?" });
    for (const said of [
      "Plan “Fewer falls at night”, as it stood on",
      "Dr Lee Wong, witnessed by you",
      "Clinical supervisor",
      "She counted them herself.",
    ]) {
      await ana.shows(sure.getByText(said));
    }
    await isFit(ana, "sign");
    await ana.clicks("Go back");
    assert.equal(await page.getByText(/Signed on the device of/).count(), 0, "not signed yet");
    assert.equal(await page.getByLabel("Their name").inputValue(), "Dr Lee Wong");
    await ana.clicks("Check and sign");
    await isSure(ana, "Sign");
    await ana.shows(/Signed on the device of .*Works on this ward/);
    await ana.shows("She counted them herself.");
    await ana.shows(page.getByRole("button", { name: "Let somebody sign here" }));
    await ana.clicks("open it", "link");
    await ana.arrives("Fewer falls at night");
    const asked = page.getByRole("region", { name: "Sign-offs" });
    await ana.shows(asked.getByRole("link", { name: "Fewer falls at night" }));
    await ana.shows(asked.getByText("Signed", { exact: true }));
    ana.behaved();
  }));

test("who signs a plan, and who holds a ticket for it, read it in the words of the desk", () =>
  World.tell(async (world) => {
    const { ana, ben, project } = await invited(world);
    await ana.does("project", "add", project, "stakeholder", "role=Estates", "stance=undecided");
    await ana.does("sign-off", "ask", "--project", project, "--with", "Ben Lee");
    const made = await ana.does("ticket", "make", project, "--for", "Look at it");
    await ana.does("sync");
    await ben.goes("/sign-offs", "Sign-offs");
    await ben.clicks(/Fewer falls at night/, "link");
    const sam = await world.browser();
    await opens(sam, made.link, "Sam Reed");
    for (const desk of [ben, sam]) {
      await desk.arrives("Fewer falls at night");
      const text = desk.page.getByRole("region", { name: /^The text/ });
      await desk.shows(text.getByRole("table", { name: "Values" }));
      assert.equal(await text.getByRole("table").count(), 1);
      assert.equal(await text.getByRole("row").count(), 7, "a heading and six weeks");
      for (const words of [
        /Run chart/,
        /Anhøj: longest run/,
        /Undecided/,
        /To be tested/,
        /Idea/,
      ]) {
        await desk.shows(text.getByText(words));
      }
      const machine = text.getByText(/anhoej|to_test|: run$/m).filter({ visible: true });
      assert.equal(await machine.count(), 0);
      await isFit(desk, desk === ben ? "sign-plan" : "ticket-plan");
    }
    await ben.page.getByText("The same text letter by letter, as signed").click();
    await ben.shows(/rules: anhoej/);
    for (const desk of [ben, sam]) desk.behaved();
  }));
