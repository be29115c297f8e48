import { link } from "../../app/routes";
import type { DocumentId } from "../../core/api";
import { type Subject, subjects } from "./words";

/** The way from a document to its tickets. */
export function ToTickets({ of, id }: { of: Subject; id: DocumentId }) {
  return (
    <p>
      <a href={link("/tickets/:of/:id", { of, id })}>
        Let somebody without an account read this {subjects[of]}
      </a>
    </p>
  );
}
