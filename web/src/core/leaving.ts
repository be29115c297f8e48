import { leaveBegun } from "../parts/unfinished";
import { settleWhole } from "../typing/whole";
import type { LearningCore } from "./api";
import type { Desk } from "./desk";
import { forget } from "./kept";
import { forgetPage } from "./service";
import { closeOurs } from "./start";

/** Makes what was being typed part of its documents, so that it can be sent. */
export async function settleAll(core: LearningCore): Promise<void> {
  await settleWhole();
  for (const id of await core.unsettled()) {
    await core.settle(id);
  }
}

/**
 * Signs out and wipes what is here. What is nowhere else has to be confirmed. Says whether the
 * server heard of it.
 */
export async function signOut(desk: Desk, confirmation?: string | null): Promise<boolean> {
  const { serverTold } = await desk.core.signOut(confirmation);
  leaveBegun();
  await desk.close();
  if (desk.keeping === "thisDevice") {
    await forget();
    await forgetPage();
  }
  return serverTold;
}

/** Takes away the place on this device in which nobody joined after all, if there is one. */
export async function forgetUnused(): Promise<void> {
  if (await closeOurs()) {
    await forget();
  }
}
