import type { SignOffRequestView, SignOffView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { FaultNotice } from "../../parts/notice";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { download } from "../download";
import { Standing } from "../standing";
import { faults, witnessed } from "./words";

/** What was answered, the newest first; one that counts no more stays to be read. */
export function Answers({ view }: { view: SignOffRequestView }) {
  if (view.answers.length === 0) return null;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">What was answered</h2>
      <ul class="desk-list">
        {[...view.answers].reverse().map((answer) => (
          <li key={answer.id}>
            <AnswerView answer={answer} trainee={view.trainee?.name ?? "the trainee"} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AnswerView({ answer, trainee }: { answer: SignOffView; trainee: string }) {
  const isSigned = answer.decision === "signed";
  const save = useAction(async (core) => {
    download("sign-off.json", "application/json", await core.exportSignOff(answer.id));
  });
  return (
    <>
      <p class="desk-row">
        <Tag colour={answer.superseded ? "grey" : isSigned ? "green" : "orange"}>
          {isSigned ? "Signed" : "Returned"}
        </Tag>
        <span>
          {answer.signer}, {answer.roleInWords}, <Moment at={answer.at} />
        </span>
      </p>
      {answer.statement && <blockquote class="desk-prose">{answer.statement}</blockquote>}
      {answer.witnessed !== null && (
        <p>
          Signed on the device of {trainee}, who witnessed it and knew them by: {answer.witnessed}
        </p>
      )}
      {answer.witnessed !== null && <p>It is {witnessed}.</p>}
      {answer.superseded && <p>Superseded: another answer stands in its place.</p>}
      {answer.fault && answer.lost === "" && <p>This does not count: {faults[answer.fault]}.</p>}
      {answer.lost !== "" && <p>{answer.lost}</p>}
      <p class="nhsuk-hint">
        <Standing status={answer.status} />
      </p>
      <FaultNotice fault={save.fault} />
      <p>
        <button type="button" class="desk-link" onClick={() => void save.run()}>
          Save as a file that anybody can check
        </button>
      </p>
    </>
  );
}
