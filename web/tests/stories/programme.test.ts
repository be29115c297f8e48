// What the programme brings is read at the desk.

import { test } from "node:test";
import { World } from "../harness/world.ts";

const FILE = "Peter's year: what there is to see and hear";

test("a text that an activity uses is read beside it", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    await ana.goes("/modules", "Modules");
    await ana.clicks("Fetch it");
    await ana.clicks("Person-centred practice", "link");
    await ana.arrives("Person-centred practice");
    await ana.clicks(FILE);
    const shown = ana.page.getByRole("region", { name: FILE });
    await ana.shows(shown.getByText(/red armchair/));
    await ana.clicks(`Close “${FILE}”`);
    ana.behaved();
  }));
