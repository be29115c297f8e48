// A plan in which somebody with a phone and somebody at a desk of their own write.

import type { Locator } from "playwright-core";
import type { Desk } from "./desk.ts";
import type { Phone } from "./phone.ts";
import { until } from "./wait.ts";
import type { World } from "./world.ts";

const TITLE = "Fewer falls at night";

/** Ana's plan, which Ben has before him on his own device. */
export class Plan {
  private constructor(
    readonly ana: Phone,
    readonly ben: Desk,
    readonly id: string,
  ) {}

  static async of(world: World): Promise<Plan> {
    const ana = await world.phone("trainee", "Ana Costa");
    const ben = await world.desk("supervisor", "Ben Lee", "My own device");
    await ana.does("sync");
    const id = await ana.begins(TITLE, ["Ben Lee"]);
    await ana.writes(id, "problem", "We see too many falls.");
    await ben.clicks(/Accept/);
    await ana.does("sync");
    const plan = Plan.at(ana, ben, id);
    await plan.opens();
    return plan;
  }

  /** A plan that came to Ben, and that he has not opened. */
  static at(ana: Phone, ben: Desk, id: string): Plan {
    return new Plan(ana, ben, id);
  }

  readonly title = TITLE;

  /** The field of its first section. */
  get problem(): Locator {
    return this.ben.page.getByLabel(/^Problem:/);
  }

  /** Ben goes to it, and has its words before him. */
  async opens(): Promise<void> {
    await this.ben.goes(`/projects/${this.id}`, TITLE);
    await this.says(/./);
  }

  /** Waits until the field says so. */
  async says(words: RegExp): Promise<void> {
    await until(String(words), async () => words.test(await this.problem.inputValue()));
  }

  /** Ben types at the end, with so many milliseconds between two keys. */
  async types(words: string, delay = 0): Promise<void> {
    await this.problem.press("ControlOrMeta+End");
    await this.problem.pressSequentially(words, { delay });
  }

  /** Waits until Ana reads it on her phone. */
  async reaches(words: RegExp): Promise<void> {
    await until(`${words} on the phone`, async () => words.test(await this.reads()));
  }

  /** What Ana reads on her phone. */
  reads(): Promise<string> {
    return this.ana.reads(this.id, "problem");
  }
}
