import type { ChangeProject, ItemId } from "../../core/api";
import { Aim } from "./aim";
import { Background } from "./background";
import type { ItemNoun } from "./declared";
import { Drivers } from "./drivers";
import { Measures } from "./measures";
import { memo } from "./memo";
import { Overview } from "./overview";
import { Part, type PartName } from "./part";
import { TakenBack } from "./taken_back";
import { ThingList } from "./thing_form";
import { recordsOf } from "./things";

interface PlanPartsProps {
  project: ChangeProject;
  hiddenNumbers: readonly ItemId[];
}

/** What the plan says, part by part. A part is drawn again only where it changed. */
export function PlanParts({ project, hiddenNumbers }: PlanPartsProps) {
  const { measures, targets, observations, tallies, phases, annotations } = project;
  return (
    <>
      <Overview project={project} />
      <Aim aim={project.aim} />
      <Background sections={project.sections} />
      <Drivers drivers={project.drivers} ideas={project.ideas} />
      <Measures
        {...{ measures, targets, observations, tallies, phases, annotations, hiddenNumbers }}
      />
      <Things name="cycles" first="cycle" list={project.cycles} />
      <Things name="actions" first="action" list={project.actions} />
      <People team={project.team} stakeholders={project.stakeholders} />
      <Things name="value" first="impact" list={project.impacts} />
      <Things name="outputs" first="output" list={project.outputs} />
      <TakenBack things={project.takenBack} />
    </>
  );
}

/** Fields of a thing that are shown when they are asked for. */
const seldom: Partial<Record<ItemNoun, readonly [readonly string[], readonly string[]]>> = {
  cycle: [
    [
      "changeIdea",
      "idea",
      "prediction",
      "scale",
      "plan",
      "didAt",
      "done",
      "data",
      "studied",
      "learned",
      "decision",
    ],
    ["previous"],
  ],
  impact: [
    ["kind", "effect", "amount", "text"],
    ["method", "factor", "factorSource", "factorYear"],
  ],
};

interface ThingsProps {
  name: PartName;
  first: ItemNoun;
  /** The list of the plan: it is the same as long as nothing in it changed. */
  list: Parameters<typeof recordsOf>[1];
}

const Things = memo(function Things({ name, first, list }: ThingsProps) {
  const [only, further] = seldom[first] ?? [];
  return (
    <Part name={name}>
      <ThingList
        noun={first}
        things={recordsOf(first, list)}
        {...(only && { only })}
        {...(further && { further })}
      />
    </Part>
  );
});

const People = memo(function People(props: Pick<ChangeProject, "team" | "stakeholders">) {
  return (
    <Part name="people">
      <ThingList noun="teamMember" heading="Team" things={recordsOf("teamMember", props.team)} />
      <ThingList
        noun="stakeholder"
        heading="Stakeholders"
        things={recordsOf("stakeholder", props.stakeholders)}
      />
    </Part>
  );
});
