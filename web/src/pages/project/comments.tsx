import { link } from "../../app/routes";
import type { ChangeProject, CommentView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { FaultNotice } from "../../parts/notice";
import { counted } from "../../parts/time";
import { Part } from "./part";
import { nameOfPlace } from "./places";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { openOf, type Said } from "./said";
import { Beside, SayAbout } from "./threads";
import { useCalm } from "./use_calm";

/** What was said about the plan as a whole, and where else something is said. */
export function Comments({ said, project }: { said: Said; project: ChangeProject }) {
  const { id } = usePlan();
  const elsewhere = [...said].filter(([place, here]) => place !== "" && openOf(here) > 0);
  return (
    <Part name="comments">
      <SayAbout place="" label="Comment on the whole plan" />
      <Beside place="" />
      {elsewhere.length > 0 && (
        <>
          <h3 class="nhsuk-heading-s">Beside what they are about</h3>
          <ul>
            {elsewhere.map(([place, here]) => (
              <li key={place}>
                <a href={link("/projects/:id", { id }, place)}>{nameOfPlace(place, project)}</a>:{" "}
                {counted(openOf(here), "open", "open")}
              </li>
            ))}
          </ul>
        </>
      )}
      <TakenBackComments />
    </Part>
  );
}

function TakenBackComments() {
  const { id, may, isPast } = usePlan();
  const { value: taken = [] } = useCalm(
    may.comment && !isPast ? (core) => core.takenBackComments(id) : undefined,
    ["documents"],
    [id],
  );
  if (taken.length === 0) return null;
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">
          What you said and took back ({taken.length})
        </span>
      </summary>
      <div class="nhsuk-details__text">
        {taken.map((view) => (
          <Taken key={view.id} view={view} />
        ))}
      </div>
    </details>
  );
}

function Taken({ view }: { view: CommentView }) {
  const { id } = usePlan();
  const putBack = useAction((core) => core.putBackComment(id, view.id));
  return (
    <div class="plan-row" data-near>
      <span class="plan-words">{view.comment.body}</span>
      <Small onClick={() => void putBack.run()}>Put it back</Small>
      <FaultNotice fault={putBack.fault} />
    </div>
  );
}
