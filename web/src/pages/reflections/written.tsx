import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ReflectionView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { type Fault, faultOf } from "../../core/fault";
import { FaultNotice } from "../../parts/notice";

interface WrittenProps {
  view: ReflectionView;
  prompt: string;
  label: string;
  help: string;
}

/** An answer to a prompt while it is written: kept with each key, settled when it is left. */
export function Written({ view, prompt, label, help }: WrittenProps) {
  const id = useId();
  const { core } = useDesk();
  const stands = textOf(view, prompt);
  const [typed, setTyped] = useState<string>();
  const [fault, setFault] = useState<Fault>();
  // Keys are kept one after the other, on the version that was shown with the first of them.
  const base = useRef(view.version);
  const order = useRef<Promise<unknown>>(Promise.resolve());
  const next = (what: () => Promise<unknown>) => {
    order.current = order.current.then(what).then(
      () => setFault(undefined),
      (error: unknown) => setFault(faultOf(error)),
    );
  };
  const type = (text: string) => {
    if (typed === undefined) base.current = view.version;
    setTyped(text);
    const field = { type: "answer", value: prompt } as const;
    next(() => core.autosave(view.id, field, base.current, text));
  };
  const leave = () => {
    if (typed !== undefined) next(() => core.settle(view.id).then(() => setTyped(undefined)));
  };
  const leaving = useRef(leave);
  leaving.current = leave;
  useEffect(() => () => leaving.current(), []);
  return (
    <div class="nhsuk-form-group">
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      {help && (
        <div class="nhsuk-hint" id={`${id}-help`}>
          {help}
        </div>
      )}
      <FaultNotice fault={fault} />
      <textarea
        id={id}
        class="nhsuk-textarea"
        rows={5}
        aria-describedby={help ? `${id}-help` : undefined}
        value={typed ?? stands}
        onInput={(event) => type(event.currentTarget.value)}
        onBlur={leave}
      />
    </div>
  );
}

/** What the answer says now, with what was typed and is not settled. */
function textOf({ drafts, reflection }: ReflectionView, prompt: string): string {
  const draft = drafts.find(({ field }) => field.type === "answer" && field.value === prompt);
  return draft?.text ?? reflection.answers.get(prompt) ?? "";
}
