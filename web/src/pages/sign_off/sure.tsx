import type { SignOffDecision, SignOffRequestView } from "../../core/api";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { Moment } from "../../parts/time";
import { Row } from "../row";
import { subjects } from "./words";

interface SureProps {
  view: SignOffRequestView;
  decision: SignOffDecision;
  /** Who signs, with who witnesses it. */
  by: string;
  /** As what they sign, in words. */
  role: string;
  statement: string;
  onSure(): void;
  onBack(): void;
}

/** The second step of a signature: what is signed, by whom, as what and with which statement. */
export function Sure({ view, decision, by, role, statement, onSure, onBack }: SureProps) {
  const isSigned = decision === "signed";
  return (
    <Dialog title={isSigned ? "Sign this?" : "Return this?"} onClose={onBack}>
      <dl class="nhsuk-summary-list">
        <Row name={isSigned ? "What is signed" : "What is returned"}>
          {subjects[view.kind]} “{view.title || "Untitled"}”, as it stood on <Moment at={view.at} />
        </Row>
        <Row name="By">{by}</Row>
        <Row name="As">{role}</Row>
        <Row name="Statement">
          <span class="desk-prose">{statement.trim() || "None"}</span>
        </Row>
      </dl>
      <p>
        {isSigned ? "A signature" : "A returned sign-off"} cannot be taken away. It can be answered
        anew, and stays to be read beside that.
      </p>
      <div class="desk-row">
        <Button onClick={onSure}>{isSigned ? "Sign" : "Return"}</Button>
        <Button kind="secondary" onClick={onBack}>
          Go back
        </Button>
      </div>
    </Dialog>
  );
}
