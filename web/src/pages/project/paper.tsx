import { link } from "../../app/routes";
import { Part } from "./part";
import { usePlan } from "./plan";

/** The plan as one page for a panel, and as a recipe for others. */
export function Paper() {
  const { id } = usePlan();
  return (
    <Part name="paper">
      <ul class="desk-list">
        <li>
          <a href={link("/projects/:id/full", { id })}>The plan in full</a>
          <p class="nhsuk-u-margin-bottom-0">
            All that it says, with its charts, to be read and printed.
          </p>
        </li>
        <li>
          <a href={link("/projects/:id/page", { id })}>The one page</a>
          <p class="nhsuk-u-margin-bottom-0">
            All of the plan on a sheet of A4, which goes to a panel.
          </p>
        </li>
        <li>
          <a href={link("/projects/:id/recipe", { id })}>The recipe</a>
          <p class="nhsuk-u-margin-bottom-0">
            What others can begin a plan of their own from: structure and texts, without data, names
            or accounts.
          </p>
        </li>
      </ul>
    </Part>
  );
}
