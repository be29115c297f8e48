import { useId, useState } from "preact/hooks";
import type { DocumentId } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { ErrorSummary } from "../../parts/error_summary";
import { TextArea } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { type BegunForm, useBegun } from "../../parts/unfinished";
import { SeenFirst } from "../seen_first";

interface WritingProps {
  /** What it is said about, where the core looks through the words first. */
  about?: DocumentId;
  label: string;
  /** Where the words are kept until they are sent. */
  place: string;
  send: string;
  /** The form of which the words are a part, if there is more in it. */
  form?: BegunForm<{ words: string }>;
  /** What stands there already. */
  text?: string;
  write: Parameters<typeof useAction<[string]>>[0];
  /** It was written, or left. */
  onEnd(): void;
}

const TYPED = ["words"] as const;

/** Writing something that is said as a whole. */
export function Writing(props: WritingProps) {
  const { about, label, place, send, text = "", write, onEnd } = props;
  const id = useId();
  const own = useBegun(place, { words: text }, TYPED);
  const { said, say, end } = props.form ?? own;
  const body = said.words;
  const [isLacking, setIsLacking] = useState(false);
  const { sync } = useDesk();
  const action = useAction(write);
  const error = isLacking ? "Write something first" : undefined;
  const give = async (event?: Event) => {
    event?.preventDefault();
    setIsLacking(body.trim() === "");
    if (body.trim() === "" || !(await action.run(body))) return;
    end();
    onEnd();
    // It is safe here whatever becomes of this; what fails is tried again by itself.
    sync().catch(() => {});
  };
  return (
    <form onSubmit={(event) => void give(event)}>
      <ErrorSummary errors={error ? [{ field: id, text: error }] : []} />
      {about ? (
        <SeenFirst fault={action.fault} about={about} words={[body]} again={() => void give()} />
      ) : (
        <FaultNotice fault={action.fault} />
      )}
      <TextArea
        label={label}
        id={id}
        error={error}
        value={body}
        onInput={(words) => say({ words })}
        rows={3}
      />
      <div class="desk-row">
        <Button submit busy={action.busy}>
          {send}
        </Button>
      </div>
    </form>
  );
}
