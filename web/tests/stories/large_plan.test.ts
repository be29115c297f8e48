import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { tell } from "../harness/figures.ts";
import { FRAME, longestOf, typesHere, WORDS, type Work, workOf } from "../harness/frames.ts";
import { beginsPlanOf } from "../harness/large.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const SMALL = { title: "One lamp at night", actions: 1, measures: 1 };
const LARGE = { title: "Fewer falls at night", actions: 200, measures: 50 };

/** A key may cost so many times as much in the large plan as in the small one. */
const TIMES = 3;

/** Milliseconds after the last key within which what was typed is settled and read again. */
const SETTLED = 1_500;

/** Where somebody types: the first field of a part. The last is a text that settles by itself. */
const FIELDS = ["aim", "actions", "background"] as const;

/** Opens a plan, and waits until all of it was read. */
async function opens(desk: Desk, project: string, { title, actions, measures }: typeof SMALL) {
  await desk.goes(`/projects/${project}`, title);
  const cards = desk.page.locator("#part-actions .plan-card");
  await until("all actions", async () => (await cards.count()) === actions);
  const charts = desk.page.locator(".plan-chart > .plan-quiet");
  await until("what each chart says", async () => (await charts.count()) === measures);
}

/** Puts the caret at the end of the first field of a part. */
async function enters({ page }: Desk, part: string): Promise<void> {
  await page.locator(`#part-${part} :is(textarea, input)`).first().press("ControlOrMeta+End");
}

/** How much the page works while something is done; what a frame is late tells of the machine. */
async function tells(t: TestContext, desk: Desk, doing: string, act: () => Promise<unknown>) {
  let work: Work | undefined;
  const longest = await longestOf(t, desk, async () => {
    work = await workOf(desk, act);
  });
  assert.ok(work);
  t.diagnostic(`${doing}: the page was busy for ${Math.round(longest)} ms at most`);
  tell(t, `the work of the longest task while ${doing}`, work.longestTask, FRAME);
  return work;
}

/** Types in each of the fields: milliseconds that the page works for a key. */
async function works(t: TestContext, desk: Desk, title: string): Promise<Map<string, number>> {
  const all = new Map<string, number>();
  for (const part of FIELDS) {
    await enters(desk, part);
    const doing = `a key was typed in ${part} of “${title}”`;
    const { whole } = await tells(t, desk, doing, () => typesHere(desk));
    all.set(part, whole / WORDS.length);
  }
  return all;
}

test("a key costs the same in a plan with 200 actions and 50 measures as in a small one", (t) =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.desk("supervisor", "Ben Lee", "My own device");
    await ana.does("sync");
    const accept = desk.page.getByRole("button", { name: /Accept/ });
    const shared = async (size: typeof SMALL) => {
      const project = await beginsPlanOf(ana, size, "Ben Lee");
      await accept.click();
      await accept.waitFor({ state: "detached" });
      return project;
    };
    const [small, large] = [await shared(SMALL), await shared(LARGE)];

    await opens(desk, small, SMALL);
    const inSmall = await works(t, desk, SMALL.title);
    await opens(desk, large, LARGE);
    const inLarge = await works(t, desk, LARGE.title);
    await tells(t, desk, "what was typed settles", () => desk.page.waitForTimeout(SETTLED));
    for (const part of FIELDS) {
      const [few, many] = [inSmall.get(part) ?? 0, inLarge.get(part) ?? Number.NaN];
      t.diagnostic(
        `a key in ${part}: ${few.toFixed(1)} ms, ${many.toFixed(1)} ms in the large plan`,
      );
      assert.ok(
        many <= few * TIMES,
        `a key in ${part} took ${many} ms, and ${few} in a small plan`,
      );
    }

    await tells(t, desk, "somebody's change arrives", async () => {
      const words = "Ask the night staff what they see";
      await ana.does("project", "add", large, "action", `text=${words}`);
      await ana.does("sync");
      const cards = desk.page.locator("#part-actions .plan-card");
      await until("the action", async () => (await cards.count()) === LARGE.actions + 1);
      await desk.page.waitForTimeout(SETTLED);
    });
    desk.behaved();
  }));
