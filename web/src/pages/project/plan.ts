/** What the parts of the page of a plan share: the plan, what may be done, and how it is done. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type {
  ChangeProject,
  DocumentId,
  DraftField,
  Person,
  ProjectEdit,
  ProjectView,
  Version,
} from "../../core/api";
import type { Fault } from "../../core/fault";
import type { Said } from "../../typing/held";
import { isSameText } from "./things";
import type { PlanTyping, Whole } from "./typings";

/** What this person may do with the plan at the moment. */
export interface May {
  readonly comment: boolean;
  readonly edit: boolean;
  readonly own: boolean;
}

/** A plan on the page. It is the same object until another plan is shown or a right changes. */
export interface Plan {
  readonly id: DocumentId;
  readonly may: May;
  /** Whether the plan is shown as it was once, and nothing can be done in it. */
  readonly isPast: boolean;
  /** Edits it on the version that the page shows, or that it showed. What goes wrong is returned. */
  edit(edits: readonly ProjectEdit[], base?: Version): Promise<Fault | undefined>;
  /** The newest view, for what is asked when something is pressed. */
  view(): ProjectView;
  /** Begins typing into a text that says this, on the version whose text the page shows. */
  typing(field: DraftField, text: string, show: (said: Said) => void): PlanTyping;
  /** Begins typing into a text that is written with edits of the plan. */
  typingWhole(whole: Omit<Whole, "heard">, text: string, show: (said: Said) => void): PlanTyping;
  /** Settles what is typed anywhere in it. */
  settle(): Promise<void>;
  /** Says where in it this person is. */
  enter(place: string): void;
}

export const PlanContext = createContext<Plan | undefined>(undefined);

/** The plan in which a part stands. */
export function usePlan(): Plan {
  const plan = useContext(PlanContext);
  if (!plan) throw new Error("a part of a plan is shown without the plan");
  return plan;
}

/** The plan as it is shown, for parts that show what is elsewhere in it. */
export const ProjectContext = createContext<ChangeProject | undefined>(undefined);

export function useProject(): ChangeProject {
  const project = useContext(ProjectContext);
  if (!project) throw new Error("a part of a plan is shown without the plan");
  return project;
}

/** People by whom things are done, as a list for choosing. Who takes part comes first. */
export const PeopleContext = createContext<readonly Person[]>([]);

export function usePeople(): readonly Person[] {
  return useContext(PeopleContext);
}

/** What a right lets somebody do. */
export function mayOf(right: ProjectView["myRight"], isLost: boolean): May {
  if (isLost) return { comment: false, edit: false, own: false };
  const rank = ["read", "comment", "edit", "own"].indexOf(right);
  return { comment: rank >= 1, edit: rank >= 2, own: rank >= 3 };
}

/** The version on which a field's text was typed, or which the page shows. */
export function baseOf({ drafts, version }: ProjectView, field: DraftField): Version {
  return drafts.find((draft) => isSameText(draft.field, field))?.base ?? version;
}
