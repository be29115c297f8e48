import assert from "node:assert/strict";
import { test } from "node:test";
import type { CDPSession, Locator } from "playwright-core";
import type { Desk } from "../harness/desk.ts";
import type { Typist } from "../harness/typist.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const TITLE = "Fewer falls at night";

/** Ben's field, and Ana's phone in her hand: both are in the same paragraph. */
interface Paragraph {
  ben: Desk;
  field: Locator;
  phone: Typist;
  project: string;
}

async function inOneParagraph(world: World, text: string): Promise<Paragraph> {
  const ana = await world.phone("trainee", "Ana Costa");
  const ben = await world.desk("supervisor", "Ben Lee");
  await ana.does("sync");
  const project = await ana.begins(TITLE, ["Ben Lee"]);
  await ana.writes(project, "problem", text);
  await ben.clicks(/Accept/);
  await ana.does("sync");
  await ben.goes(`/projects/${project}`, TITLE);
  const field = ben.page.getByLabel(/^Problem:/);
  await until("the paragraph", async () => (await field.inputValue()) === text);
  return { ben, field, phone: await ana.typing(), project };
}

async function says(field: Locator, text: string): Promise<void> {
  await until(`the field to say “${text}”`, async () => (await field.inputValue()) === text);
}

/** What is selected in a field. */
function selected(field: Locator): Promise<string> {
  return field.evaluate((box: HTMLTextAreaElement) =>
    box.value.slice(box.selectionStart, box.selectionEnd),
  );
}

test("what somebody selected stays selected while others write before and behind it", () =>
  World.tell(async (world) => {
    const { ben, field, phone, project } = await inOneParagraph(world, "We see many falls.");
    await field.evaluate((box: HTMLTextAreaElement) => {
      box.focus();
      const at = box.value.indexOf("many");
      box.setSelectionRange(at, at + "many".length);
    });
    await phone.replaces(project, "problem", "We see", "On ward 4 we see");
    await phone.replaces(project, "problem", "falls.", "falls at night.");
    await says(field, "On ward 4 we see many falls at night.");
    assert.equal(await selected(field), "many");
    await ben.page.keyboard.type("too many");
    await until("the words on the phone", async () => {
      return (
        (await phone.reads(project, "problem")) === "On ward 4 we see too many falls at night."
      );
    });
    ben.behaved();
  }));

/** Types as an input method does, which has several keys for a word. */
class InputMethod {
  constructor(private readonly devtools: CDPSession) {}

  async composes(text: string): Promise<void> {
    const at = text.length;
    await this.devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: at,
      selectionEnd: at,
    });
  }

  async commits(text: string): Promise<void> {
    await this.devtools.send("Input.insertText", { text });
  }
}

test("a word that is being composed stays whole while others write", () =>
  World.tell(async (world) => {
    const { ben, field, phone, project } = await inOneParagraph(world, "We see many falls.");
    await ben.clicks("Show who wrote what");
    const method = new InputMethod(await ben.browser.context.newCDPSession(ben.page));
    await field.press("ControlOrMeta+End");
    await method.composes("よ");
    await method.composes("よる");
    await phone.replaces(project, "problem", "many", "far too many");
    // They have arrived at this desk when what is beside the field has them.
    await ben.shows(ben.page.locator(".plan-authors", { hasText: "far too many" }));
    assert.equal(
      await field.inputValue(),
      "We see many falls.よる",
      "nothing moved under the word",
    );
    await method.composes("夜");
    await method.commits("夜");
    await says(field, "We see far too many falls.夜");
    await until("the word on the phone", async () => {
      return (await phone.reads(project, "problem")) === "We see far too many falls.夜";
    });
    ben.behaved();
  }));

test("what is taken back is one's own, and nothing that others wrote meanwhile", () =>
  World.tell(async (world) => {
    const { ben, field, phone, project } = await inOneParagraph(world, "We see many falls.");
    await field.press("ControlOrMeta+End");
    await field.pressSequentially(" Most are unseen.", { delay: 20 });
    await until("the words on the phone", async () => {
      return (await phone.reads(project, "problem")).includes("unseen");
    });
    await phone.replaces(project, "problem", "many", "too many");
    await says(field, "We see too many falls. Most are unseen.");
    await field.press("ControlOrMeta+z");
    await says(field, "We see too many falls.");
    await field.press("ControlOrMeta+Shift+z");
    await says(field, "We see too many falls. Most are unseen.");
    await until("the words on the phone again", async () => {
      const text = await phone.reads(project, "problem");
      return text === "We see too many falls. Most are unseen.";
    });
    ben.behaved();
  }));
