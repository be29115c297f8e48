import { link } from "../../app/routes";
import type { LearningCore, QuarantineView } from "../../core/api";
import { Notice } from "../../parts/notice";
import { usePlan } from "./plan";
import { useCalm } from "./use_calm";

/** What the server refused of this plan: it is gone from the fields, and still here to be read. */
export function Refused() {
  const { id } = usePlan();
  const ask = async (core: LearningCore) => {
    const all = await core.quarantined();
    return Promise.all(
      all.filter(({ document }) => document === id).map((one) => core.quarantinedItem(one.id)),
    );
  };
  const { value: refused = [] } = useCalm(ask, ["quarantine"], [id]);
  return (
    <>
      {refused.map((view) => (
        <Words key={view.summary.id} view={view} />
      ))}
    </>
  );
}

function Words({ view: { summary, edits } }: { view: QuarantineView }) {
  const words = edits.map(({ after }) => after).filter((after) => after.trim() !== "");
  return (
    <Notice title="The server did not take what you wrote" kind="warning">
      <p>{summary.words || summary.explanation}</p>
      <p>It is no part of the plan any more. These are your words, to be copied:</p>
      {words.map((text) => (
        <p key={text} class="plan-words plan-quote">
          {text}
        </p>
      ))}
      <p>
        <a href={link("/quarantine/:id", { id: String(summary.id) })}>Try again, or put it away</a>
      </p>
    </Notice>
  );
}
