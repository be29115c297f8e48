// A plan that is as large as plans become.

import type { Phone } from "./phone.ts";

/** What a plan is called, and how much it has of what plans have many of. */
export interface Size {
  readonly title: string;
  readonly actions: number;
  readonly measures: number;
}

/** Begins a plan of this size, in which somebody else may write once they accept. */
export async function beginsPlanOf(ana: Phone, size: Size, member: string): Promise<string> {
  const { title, actions, measures } = size;
  const project = await ana.adopts({
    title,
    sections: { problem: "We see too many falls at night, most of them unseen." },
    measures: Array.from({ length: measures }, (_, bay) => ({
      name: `Falls in bay ${bay + 1}`,
      kind: "outcome",
      unit: "count",
      improvement: "down",
    })),
  });
  for (let bed = 1; bed <= actions; bed++) {
    const text = `text=Hang a lamp at bed ${bed}, and look at it at night`;
    await ana.does("project", "add", project, "action", text, "due=2026-03-02");
  }
  await ana.does("sync");
  await ana.does("project", "invite", project, member, "--right", "edit");
  await ana.does("sync");
  return project;
}
