import { link } from "../../app/routes";
import type { ProjectPart } from "../../core/api";
import { Tag } from "../../parts/tag";
import { counted } from "../../parts/time";
import { Part, type PartName } from "./part";
import { usePlan } from "./plan";
import { useCalm } from "./use_calm";

/** Where in the page each part of a plan is. */
const places: Readonly<Record<ProjectPart, PartName>> = {
  aim: "aim",
  sections: "background",
  drivers: "drivers",
  ideas: "drivers",
  measures: "measures",
  observations: "measures",
  cycles: "cycles",
};

/** What the plan still lacks to be a good one, each a step from where it is written. */
export function Checks() {
  const { id } = usePlan();
  const { value: checks = [] } = useCalm((core) => core.planChecks(id), ["documents"], [id]);
  const met = checks.filter((check) => check.met).length;
  return (
    <Part name="checks">
      <p>
        The plan has {met} of {counted(checks.length, "thing", "things")} that good plans have.
      </p>
      <ul class="plan-checks">
        {checks.map(({ check, met: isMet, sentence, part }) => (
          <li key={check}>
            <Tag colour={isMet ? "green" : "grey"}>{isMet ? "There" : "Missing"}</Tag>{" "}
            {isMet ? (
              sentence
            ) : (
              <a href={link("/projects/:id", { id }, places[part])}>{sentence}</a>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
