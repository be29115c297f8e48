import assert from "node:assert/strict";
import { test } from "node:test";
import { tell } from "../harness/figures.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("two people at desks and one with a phone write in one paragraph", (t) =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const [ben, cara] = [
      await world.desk("supervisor", "Ben Lee"),
      await world.desk("fellow", "Cara Bell"),
    ];
    await ana.does("sync");
    const project = await ana.begins("Fewer falls at night", ["Ben Lee", "Cara Bell"]);
    await ana.writes(project, "problem", "We see too many falls at night.");
    const desks = [ben, cara];
    const fields = [];
    for (const desk of desks) {
      await desk.clicks(/Accept/);
      await ana.does("sync");
      await desk.goes(`/projects/${project}`, "Fewer falls at night");
      const field = desk.page.getByLabel(/^Problem:/);
      await until("the paragraph", async () => (await field.inputValue()).includes("at night"));
      fields.push(field);
    }
    const [ofBen, ofCara] = fields;
    assert.ok(ofBen && ofCara);
    const phone = await ana.typing();

    // Each in another place of the same sentence, all at once.
    await ofBen.press("ControlOrMeta+End");
    await ofCara.press("ControlOrMeta+Home");
    await Promise.all([
      ofBen.pressSequentially(" Most are unseen.", { delay: 40 }),
      ofCara.pressSequentially("On ward 4: ", { delay: 60 }),
      phone.replaces(project, "problem", "too many", "far too many"),
    ]);

    const all = "On ward 4: We see far too many falls at night. Most are unseen.";
    for (const field of fields) {
      await until("everybody's words", async () => (await field.inputValue()) === all);
    }
    await until("the words on the phone", async () => {
      return (await phone.reads(project, "problem")) === all;
    });
    // Where Cara's caret was, it is: after her own words.
    const caret = await ofCara.evaluate((box) => (box as HTMLTextAreaElement).selectionStart);
    assert.equal(caret, "On ward 4: ".length);

    const began = Date.now();
    await phone.replaces(project, "problem", "unseen", "unwitnessed");
    await until("the phone's word", async () => (await ofBen.inputValue()).includes("unwitnessed"));
    tell(t, "from the phone to a desk", Date.now() - began, 1000);

    await phone.end();
    for (const desk of desks) desk.behaved();
  }));
