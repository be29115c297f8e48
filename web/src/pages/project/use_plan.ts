import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { DocumentId, ProjectView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { type Fault, faultOf } from "../../core/fault";
import { baseOf, mayOf, type Plan } from "./plan";
import { Typings } from "./typings";
import { useCalm } from "./use_calm";

/** A plan, what it says, and why it can be read no more. What it said last stays. */
export interface PlanAt {
  readonly plan: Plan;
  readonly view: ProjectView | undefined;
  readonly fault: Fault | undefined;
}

/** Opens a plan for a page, and keeps what it says up to date. */
export function usePlanAt(id: DocumentId): PlanAt {
  const { core, observe } = useDesk();
  const { value: view, fault } = useCalm(
    (core) => core.project(id),
    ["documents", "members"],
    [id],
  );
  const typings = useMemo(() => new Typings(core, id), [core, id]);
  const shown = useRef(view);
  // After the fields took their texts: a key is typed on the version whose text is shown.
  useLayoutEffect(() => {
    shown.current = view;
  }, [view]);
  useEffect(() => {
    void core.enter(id, "").catch(() => {});
    void core.markSeen(id).catch(() => {});
    return () => void core.stepOut().catch(() => {});
  }, [core, id]);
  const right = view?.myRight ?? "read";
  const isGone = isLost(fault);
  const plan = useMemo((): Plan => {
    const newest = () => {
      if (!shown.current) throw new Error("the plan is not on the page yet");
      return shown.current;
    };
    return {
      id,
      may: mayOf(right, isGone),
      isPast: false,
      view: newest,
      typing: (field, text, show) => typings.open(field, baseOf(newest(), field), text, show),
      typingWhole: (whole, text, show) =>
        typings.openWhole({ ...whole, heard: observe }, { text, version: newest().version }, show),
      settle: () => typings.settle(),
      // Who else is there is no reason to keep somebody from typing.
      enter: (place) => void core.enter(id, place).catch(() => {}),
      edit: async (edits, base = newest().version) => {
        try {
          await core.editProject(id, base, edits);
          return undefined;
        } catch (error) {
          return faultOf(error);
        }
      },
    };
  }, [core, observe, id, typings, right, isGone]);
  return { plan, view, fault };
}

/** Whether a plan that was here can be read no more. */
export function isLost(fault: Fault | undefined): boolean {
  return ["gone", "notFound", "notAllowed", "signedOut"].includes(fault?.of?.type ?? "");
}
