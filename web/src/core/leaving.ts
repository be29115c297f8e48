import { forgetKey } from "../../../bindings/wasm/js/key";
import type { LearningCore } from "./api";
import type { Desk } from "./desk";
import { forgetFiles } from "./files";
import { remember } from "./kept";
import { forgetPage } from "./service";
import { folder } from "./start";

/** Makes what was being typed part of its documents, so that it can be sent. */
export async function settleAll(core: LearningCore): Promise<void> {
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
  remember("memory");
  await desk.close();
  if (desk.keeping === "thisDevice") {
    await forgetKey(folder);
    // The core wiped its database; this takes its empty places, and what another build left.
    await forgetFiles().catch(() => {});
    await forgetPage();
  }
  return serverTold;
}
