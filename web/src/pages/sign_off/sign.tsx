import { useId, useState } from "preact/hooks";
import type { SignOffDecision, SignOffRequestView, SupervisorRole } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { ErrorSummary, type FieldError } from "../../parts/error_summary";
import { Select, TextArea } from "../../parts/field";
import { FaultNotice, Notice } from "../../parts/notice";
import { counts, roleOf, roles } from "./words";

/** Signing or returning what this person was asked to sign, also without a connection. */
export function Sign({ view }: { view: SignOffRequestView }) {
  const { value: account } = useCore((core) => core.account(), ["account"]);
  const own = view.answers.filter((answer) => answer.person === account?.person.id).find(counts);
  const [isAnew, setIsAnew] = useState(false);
  const [said, setSaid] = useState<SignOffDecision>();
  const answered = (decision: SignOffDecision) => {
    setIsAnew(false);
    setSaid(decision);
  };
  return (
    <section aria-labelledby="sign">
      {said && <Done decision={said} />}
      {account && (!own || isAnew) && (
        <>
          <h2 id="sign">Sign or return</h2>
          <SignForm
            view={view}
            known={roleOf(account.person.roles.map(({ role }) => role))}
            onDone={answered}
          />
        </>
      )}
      {own && !isAnew && (
        <>
          <h2 id="sign">You have answered this</h2>
          <p>If you answer anew, your earlier answer stays to be read and counts no more.</p>
          <Button kind="secondary" onClick={() => setIsAnew(true)}>
            Answer anew
          </Button>
        </>
      )}
    </section>
  );
}

function Done({ decision }: { decision: SignOffDecision }) {
  const text = decision === "signed" ? "Signed" : "Returned";
  return (
    <Notice title={text} kind="good">
      <p>Your answer is saved here, and is sent as soon as there is a connection.</p>
    </Notice>
  );
}

interface SignFormProps {
  view: SignOffRequestView;
  known: SupervisorRole | "";
  onDone(decision: SignOffDecision): void;
}

function SignForm({ view, known, onDone }: SignFormProps) {
  const ids = useId();
  const [roleId, statementId] = [`${ids}-role`, `${ids}-statement`];
  const [role, setRole] = useState(known);
  const [statement, setStatement] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const { sync } = useDesk();
  const answer = useAction(async (core, decision: SignOffDecision, as: SupervisorRole) => {
    await core.sign(view.id, { decision, role: as, statement });
  });
  const give = async (decision: SignOffDecision) => {
    const lacking = lacks(decision, role, statement, { roleId, statementId });
    setErrors(lacking);
    if (role === "" || lacking.length > 0 || !(await answer.run(decision, role))) return;
    onDone(decision);
    // It is safe here whatever becomes of this; what fails is tried again by itself.
    sync().catch(() => {});
  };
  const error = (field: string) => errors.find((one) => one.field === field)?.text;
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <ErrorSummary errors={errors} />
      <FaultNotice fault={answer.fault} />
      <Select
        label="You sign as"
        hint="Readers see whether the placement or the server says the same of you."
        id={roleId}
        error={error(roleId)}
        value={role}
        choices={[{ value: "", text: "Choose" }, ...roles]}
        onChange={(value) => setRole(value)}
      />
      <TextArea
        label="Your statement"
        hint="It is signed with the text. To return the work, say what is missing."
        id={statementId}
        error={error(statementId)}
        value={statement}
        onInput={setStatement}
      />
      <div class="desk-row">
        <Button busy={answer.busy} onClick={() => void give("signed")}>
          Sign
        </Button>
        <Button kind="secondary" busy={answer.busy} onClick={() => void give("returned")}>
          Return
        </Button>
      </div>
    </form>
  );
}

function lacks(
  decision: SignOffDecision,
  role: string,
  statement: string,
  { roleId, statementId }: { roleId: string; statementId: string },
): FieldError[] {
  const errors: FieldError[] = [];
  if (role === "") errors.push({ field: roleId, text: "Choose as what you sign" });
  if (decision === "returned" && statement.trim() === "") {
    errors.push({ field: statementId, text: "Say what is missing, so that it can be put right" });
  }
  return errors;
}
