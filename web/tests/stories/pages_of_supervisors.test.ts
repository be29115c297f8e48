import { test } from "node:test";
import { isFit } from "../harness/fit.ts";
import { furnish } from "../harness/furnished.ts";
import { World } from "../harness/world.ts";

test("each page of a supervisor keeps nobody out and looks as it did", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.browser();
    await isFit(desk, "join");
    await desk.enrols(await world.server.invite("supervisor", "Ben Lee"), "A shared computer");
    const { copy, request } = await furnish(ana, "Ben Lee");
    await desk.shows(desk.page.getByText("Before Friday, please"));
    await isFit(desk, "inbox");
    await desk.clicks(/Accept/);
    const visits: readonly (readonly [string, string, string])[] = [
      ["/sign-offs", "Sign-offs", "sign-offs"],
      [`/sign-offs/${request}`, "A night on call", "sign-off"],
      [`/copies/${copy}`, "A night on call", "copy"],
      ["/cohort", "Cohort", "cohort"],
      ["/sync", "Sync", "sync"],
      ["/devices", "Devices", "devices"],
      ["/sign-out", "Sign out", "sign-out"],
    ];
    for (const [address, heading, name] of visits) {
      await desk.goes(address, heading);
      await isFit(desk, name);
    }
    await desk.goes("/search", "Search");
    await desk.page.getByLabel("Words to look for").fill("afraid");
    await desk.clicks("Search");
    await desk.shows(desk.page.getByRole("link", { name: "A night on call" }));
    await isFit(desk, "search");
    desk.behaved();
  }));
