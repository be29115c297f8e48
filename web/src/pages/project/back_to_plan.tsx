import { link } from "../../app/routes";
import type { DocumentId } from "../../core/api";

/** Leads from a paper that is made of a plan back to where it was asked for. */
export function BackToPlan({ id }: { id: DocumentId }) {
  return (
    <a class="nhsuk-back-link" href={link("/projects/:id", { id }, "paper")}>
      Back to the plan
    </a>
  );
}
