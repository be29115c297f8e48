import type { ChangeProject } from "../../core/api";
import { nameOfPlace } from "./places";
import { usePlan } from "./plan";
import { useCalm } from "./use_calm";

/** Who else has the plan open at the moment, and where in it they are. */
export function Company({ project }: { project: ChangeProject }) {
  const { id } = usePlan();
  const { value: company = [] } = useCalm((core) => core.company(id), ["company"], [id]);
  return (
    <p class="plan-company" role="status">
      {company.length > 0 && (
        <>
          <span class="plan-here" aria-hidden="true" /> Here now:{" "}
          {company.map(({ person, place }, index) => (
            <span key={person.id}>
              {index > 0 && ", "}
              <strong>{person.name}</strong>
              {place && ` in “${nameOfPlace(place, project)}”`}
            </span>
          ))}
        </>
      )}
    </p>
  );
}
