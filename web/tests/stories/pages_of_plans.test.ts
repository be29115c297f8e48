import assert from "node:assert/strict";
import { test } from "node:test";
import { isFit, stumbles } from "../harness/fit.ts";
import { accepts, invited } from "../harness/plans.ts";
import { World } from "../harness/world.ts";

test("each page of a plan keeps nobody out, and is walked through by keyboard", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await ben.goes("/invitations", "Invitations");
    await isFit(ben, "invitations");
    await accepts(ben, project);
    await ben.shows(page.getByRole("img", { name: /6 values in order/ }));
    await isFit(ben, "plan");
    for (const forcedColors of ["none", "active"] as const) {
      await page.emulateMedia({ forcedColors });
      assert.deepEqual(await stumbles(page), [], `by keyboard, forced colours: ${forcedColors}`);
    }
    ben.behaved();
  }));
