// A plan that goes from one person to another.

import { test } from "node:test";
import { together } from "../harness/plans.ts";
import { World } from "../harness/world.ts";

test("a plan is offered, declined, offered again and taken over, in words for both", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const offers = async () => {
      await ana.page.getByText("Hand the plan over").click();
      await ana.page.getByLabel("To whom").selectOption({ label: "Ben Lee" });
      await ana.page.getByLabel("What you can still do with it then").selectOption("comment");
      await ana.clicks("Offer it");
      await ana.shows(/You offered the plan to Ben Lee\. Once they accept it is theirs/);
      await ana.shows(/you can still read it and comment/);
      await ben.shows(/Ana Costa offers you this plan\. Once you accept it is yours/);
      await ben.shows(/Ana Costa can still read it and comment/);
    };
    await offers();
    await ben.clicks("Decline");
    await ana.page.getByText("Hand the plan over").waitFor();
    await offers();
    await ben.clicks("Accept the plan");
    await ben.shows("Hand the plan over");
    await ana.shows("You can read this plan and comment on it.");
    for (const desk of [ana, ben]) desk.behaved();
  }));
