import { useId, useState } from "preact/hooks";
import { useDesk } from "../../core/desk";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { ErrorSummary } from "../../parts/error_summary";
import { TextArea } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { forgetBegun, useWords } from "../../parts/unfinished";

interface WritingProps {
  label: string;
  /** Where the words are kept until they are sent. */
  place: string;
  send: string;
  /** What stands there already. */
  text?: string;
  write: Parameters<typeof useAction<[string]>>[0];
  /** It was written, or left. */
  onEnd(): void;
}

/** Writing something that is said as a whole. */
export function Writing({ label, place, send, text = "", write, onEnd }: WritingProps) {
  const id = useId();
  const [body, setBody] = useWords(place, text);
  const [isLacking, setIsLacking] = useState(false);
  const { sync } = useDesk();
  const action = useAction(write);
  const error = isLacking ? "Write something first" : undefined;
  const give = async (event: Event) => {
    event.preventDefault();
    setIsLacking(body.trim() === "");
    if (body.trim() === "" || !(await action.run(body))) return;
    forgetBegun(place);
    onEnd();
    // It is safe here whatever becomes of this; what fails is tried again by itself.
    sync().catch(() => {});
  };
  return (
    <form onSubmit={(event) => void give(event)}>
      <ErrorSummary errors={error ? [{ field: id, text: error }] : []} />
      <FaultNotice fault={action.fault} />
      <TextArea label={label} id={id} error={error} value={body} onInput={setBody} rows={3} />
      <div class="desk-row">
        <Button submit busy={action.busy}>
          {send}
        </Button>
      </div>
    </form>
  );
}
