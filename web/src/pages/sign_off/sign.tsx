import { useState } from "preact/hooks";
import type { SignOffDecision, SignOffRequestView } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { Answered, AnswerForm } from "./answer_form";
import { counts, roleOf } from "./words";

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
      {said && <Answered decision={said} />}
      {account && (!own || isAnew) && (
        <>
          <h2 id="sign">Sign or return</h2>
          <AnswerForm
            request={view}
            by={account.person.name}
            place={`${view.id} statement`}
            words={{ role: "You sign as", statement: "Your statement" }}
            known={roleOf(account.person.roles.map(({ role }) => role))}
            give={(core, answer) => core.sign(view.id, answer)}
            onDone={answered}
          />
        </>
      )}
      {own && !isAnew && (
        <>
          <h2 id="sign" tabIndex={-1}>
            You have answered this
          </h2>
          <p>If you answer anew, your earlier answer stays to be read and counts no more.</p>
          <Button kind="secondary" onClick={() => setIsAnew(true)}>
            Answer anew
          </Button>
        </>
      )}
    </section>
  );
}
