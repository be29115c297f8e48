import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { ActivityView, DocumentId, EvidenceSource } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { Select, TextField } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Tag } from "../../parts/tag";
import { isBegun, useBegun } from "../../parts/unfinished";
import { Resources } from "./resources";
import { asksFor, kinds, state, time } from "./words";

/** So many reflections are offered as what shows that something was done. */
const OFFERED = 50;

/** Where what is said about completing an activity is kept until it is noted. */
function placeOf(key: string): string {
  return `${key} completed`;
}

/** An activity of a module: reading its page, and noting that it was begun and completed. */
export function Activity({ view: { activity, progress, resources } }: { view: ActivityView }) {
  const [isCompleting, setIsCompleting] = useState(isBegun(placeOf(activity.key)));
  const { text, colour } = state(progress);
  const start = useAction((core) => core.startActivity(activity.key));
  return (
    <>
      <h3 class="nhsuk-heading-s">
        <a href={link("/pages/:key", { key: activity.page.key })}>{activity.title}</a>
      </h3>
      <p class="desk-row">
        <Tag colour={colour}>{text}</Tag>
        <span>
          {kinds[activity.kind]}, {time(activity.minutes)}
          {activity.required && ", required"}
        </span>
      </p>
      <Resources resources={resources} />
      <FaultNotice fault={start.fault} />
      {progress.completedAt === null && !isCompleting && (
        <div class="desk-row">
          {progress.startedAt === null && (
            <Button
              kind="secondary"
              busy={start.busy}
              label={`Begin ${activity.title}`}
              onClick={() => void start.run()}
            >
              Begin
            </Button>
          )}
          <Button
            kind="secondary"
            label={`Complete ${activity.title}`}
            onClick={() => setIsCompleting(true)}
          >
            Complete
          </Button>
        </div>
      )}
      {isCompleting && (
        <Complete view={{ activity, progress }} onEnd={() => setIsCompleting(false)} />
      )}
    </>
  );
}

interface CompleteProps {
  view: Pick<ActivityView, "activity" | "progress">;
  onEnd(): void;
}

const EMPTY: { shown: DocumentId | ""; reason: string } = { shown: "", reason: "" };
const TYPED = ["reason"] as const;

function Complete({ view: { activity }, onEnd }: CompleteProps) {
  const { said, say, end } = useBegun(placeOf(activity.key), EMPTY, TYPED);
  const { shown, reason } = said;
  const leave = () => {
    end();
    onEnd();
  };
  const reflections = useCore((core) => core.reflections(null, OFFERED), ["documents"]);
  const complete = useAction((core) => {
    const evidence: EvidenceSource | null = shown ? { type: "document", value: shown } : null;
    return core.completeActivityWith(activity.key, evidence, reason);
  });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await complete.run()) leave();
  };
  const asks = asksFor[activity.evidence];
  const choices = (reflections.value?.items ?? []).map(({ id, title }) => ({
    value: id as DocumentId | "",
    text: title || "Untitled",
  }));
  return (
    <form onSubmit={(event) => void submit(event)}>
      <FaultNotice fault={complete.fault} />
      {asks && (
        <>
          <p>{asks}.</p>
          <Select
            label="What shows it"
            value={shown}
            choices={[{ value: "", text: "Nothing yet" }, ...choices]}
            onChange={(shown) => say({ shown })}
          />
          {shown === "" && (
            <TextField
              label="Why there is nothing to show"
              value={reason}
              onInput={(reason) => say({ reason })}
            />
          )}
        </>
      )}
      <div class="desk-row">
        <Button submit busy={complete.busy}>
          Note as completed
        </Button>
        <Button kind="secondary" onClick={leave}>
          Not now
        </Button>
      </div>
    </form>
  );
}
