import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import type { Fault } from "../core/fault";
import { Button } from "../parts/button";
import { keptNowhere } from "../parts/field";
import { Of } from "../parts/of";
import type { Selection } from "./patch";
import { type Kept, useField } from "./use_field";

/** What is selected in a text, and all that it says. */
export interface Selected {
  readonly selection: Selection;
  readonly text: string;
}

interface TypedTextProps extends Omit<Kept, "called"> {
  label: string;
  /** What it is called where it is not beside the rest, if not by its label alone. */
  called?(): string;
  hint?: string | undefined;
  /** Lines that are shown at least. */
  rows?: number;
  /** Whether it is one line, in which Enter writes none. */
  isLine?: boolean;
  /** Whether nobody but others may write in it. What was typed stays. */
  readOnly?: boolean;
  onEnter?(): void;
  /** Words were selected in it, or none are any more. */
  onSelect?(selected: Selected | undefined): void;
  children?: ComponentChildren;
}

/** A text that people write together. What was typed and could not be kept stays in sight. */
export function TypedText(props: TypedTextProps) {
  const { label, hint, rows = 2, readOnly = false, children } = props;
  const id = useId();
  const box = useRef<HTMLTextAreaElement | null>(null);
  const called = props.called ?? (() => label);
  const { ref, fault, text, others } = useField<HTMLTextAreaElement>({ ...props, called });
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  const select = () => {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = box.current ?? {};
    props.onSelect?.(start < end ? { selection: { start, end }, text: text() } : undefined);
  };
  return (
    <div class={`nhsuk-form-group typed${fault ? " nhsuk-form-group--error" : ""}`}>
      <label class="nhsuk-label" for={id}>
        {label}
        <Of />
      </label>
      {hint && (
        <div class="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {others !== undefined && (
        <p class="nhsuk-hint" role="status">
          Somebody else set this meanwhile: “{others || "nothing"}”. What you write is kept beside
          it.
        </p>
      )}
      {fault && <NotKept id={`${id}-fault`} fault={fault} text={text} />}
      <textarea
        onKeyDown={(event) => {
          if (props.isLine && event.key === "Enter" && !event.isComposing) {
            event.preventDefault();
            event.currentTarget.blur();
          }
        }}
        form={keptNowhere}
        id={id}
        class={`nhsuk-textarea typed-text${rows > 1 ? " typed-text--long" : ""}`}
        rows={rows}
        readOnly={readOnly}
        aria-describedby={described || undefined}
        onFocus={props.onEnter}
        onSelect={select}
        onKeyUp={select}
        onPointerUp={select}
        onInput={select}
        ref={(element) => {
          box.current = element;
          ref(element);
        }}
      />
      {children}
    </div>
  );
}

interface NotKeptProps {
  id: string;
  fault: Fault;
  text(): string;
}

/** That a text is not part of the document and why, with a way to take it elsewhere. */
function NotKept({ id, fault, text }: NotKeptProps) {
  const copy = () => void navigator.clipboard?.writeText(text());
  return (
    <div id={id} role="alert">
      <p class="nhsuk-error-message">
        <span class="nhsuk-u-visually-hidden">Error:</span> What you wrote is still here, and is not
        part of the plan: {fault.words}.
      </p>
      <Button kind="secondary" onClick={copy}>
        Copy what you wrote
      </Button>
    </div>
  );
}
