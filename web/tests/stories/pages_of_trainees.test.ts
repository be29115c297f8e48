import { test } from "node:test";
import { isFit } from "../harness/fit.ts";
import { dayFromNow } from "../harness/furnished.ts";
import { World } from "../harness/world.ts";

test("each page of a trainee keeps nobody out and looks as it did", () =>
  World.tell(async (world) => {
    await world.phone("supervisor", "Ben Lee");
    const desk = await world.desk("trainee", "Dora Moss");
    const { page } = desk;
    await desk.goes("/modules", "Modules");
    await desk.clicks("Fetch it");
    await desk.shows(page.getByRole("link", { name: "Population health" }));
    await isFit(desk, "modules");
    await desk.clicks("Population health", "link");
    await desk.arrives("Population health");
    await desk.clicks("Begin The causes of the causes");
    await desk.clicks("Complete The causes of the causes");
    await desk.clicks("Note as completed");
    await desk.shows("Completed");
    await isFit(desk, "module");
    await desk.clicks("The causes of the causes", "link");
    await desk.arrives("The causes of the causes");
    await isFit(desk, "page");

    await desk.goes("/log", "Learning log");
    await page.getByLabel("What it was").fill("Frailty teaching");
    await page.getByLabel("Minutes").fill("90");
    await desk.clicks("Add");
    await desk.shows(page.getByRole("button", { name: "Take out Frailty teaching" }));
    await isFit(desk, "log");

    await desk.goes("/deadlines", "Deadlines");
    await page.getByLabel("What closes").fill("Portfolio closes");
    await page.getByLabel("Last day").fill(dayFromNow(12));
    await desk.clicks("Add");
    await desk.shows("12 days left");
    await isFit(desk, "deadlines");

    await desk.goes("/reflections", "Reflections");
    await page.getByLabel("Title").fill("The discharge letter");
    await desk.clicks("Begin");
    await desk.arrives("The discharge letter");
    const text = "Mr Peter Hall of ward 4 could not read his own letter.";
    await page.getByLabel("What do you want to remember?").fill(text);
    await desk.clicks("Share a copy");
    await page.getByLabel("With whom").selectOption({ label: "Ben Lee (supervisor)" });
    await desk.clicks("Look through it first");
    await desk.shows(page.getByRole("rowheader", { name: "Mr Peter Hall" }));
    await isFit(desk, "reflection");
    await page.getByLabel(/I have looked at what was found/).check();
    await desk.clicks("Share it with Ben Lee");
    await desk.shows(page.getByText("their copy"));
    await desk.goes("/reflections", "Reflections");
    await isFit(desk, "reflections");
    desk.behaved();
  }));
