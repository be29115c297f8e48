import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Of } from "./of";

/** The form in the page whose fields a browser does not keep for itself. */
export const keptNowhere = "kept-nowhere";

interface Labelled {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Its id, where an error summary leads to it. */
  id?: string;
}

interface TextProps extends Labelled {
  value: string;
  onInput(value: string): void;
  type?: "text" | "date" | "number" | "password" | "search";
  autocomplete?: string;
  /** Letters that are to be expected: how wide the field is. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
}

/** Label, hint and error of a field, and what names them to a screen reader. */
export function Group(props: Labelled & { children: (ids: Described) => ComponentChildren }) {
  const made = useId();
  const id = props.id ?? made;
  const described = [props.hint && `${id}-hint`, props.error && `${id}-error`];
  const describedBy = described.filter(Boolean).join(" ") || undefined;
  return (
    <div class={`nhsuk-form-group${props.error ? " nhsuk-form-group--error" : ""}`}>
      <label class="nhsuk-label" for={id}>
        {props.label}
        <Of />
      </label>
      {props.hint && (
        <div class="nhsuk-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
      {props.error && (
        <span class="nhsuk-error-message" id={`${id}-error`}>
          <span class="nhsuk-u-visually-hidden">Error:</span> {props.error}
        </span>
      )}
      {props.children({ id, describedBy, invalid: props.error ? true : undefined })}
    </div>
  );
}

interface Described {
  id: string;
  describedBy: string | undefined;
  invalid: true | undefined;
}

/** One line of text. */
export function TextField(props: TextProps) {
  // As an object: the types of preact know each kind of field alone, not one of several.
  const kind: object = { type: props.type ?? "text" };
  const width = props.width ? ` nhsuk-input--width-${props.width}` : "";
  return (
    <Group {...props}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          class={`nhsuk-input${width}${props.error ? " nhsuk-input--error" : ""}`}
          {...kind}
          value={props.value}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          autocomplete={props.autocomplete ?? "off"}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Group>
  );
}

/** Text of several lines that is given as a whole, not written together. */
export function TextArea(props: Omit<TextProps, "type" | "width"> & { rows?: number }) {
  return (
    <Group {...props}>
      {({ id, describedBy, invalid }) => (
        <textarea
          id={id}
          form={keptNowhere}
          class={`nhsuk-textarea${props.error ? " nhsuk-textarea--error" : ""}`}
          rows={props.rows ?? 4}
          value={props.value}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Group>
  );
}

interface ChoiceProps<T extends string> extends Labelled {
  value: T;
  choices: readonly { value: T; text: string; hint?: string }[];
  onChange(value: T): void;
}

/** One of several values, in a list that opens. */
export function Select<T extends string>(props: ChoiceProps<T>) {
  const choose = (text: string) => {
    const choice = props.choices.find(({ value }) => value === text);
    if (choice) {
      props.onChange(choice.value);
    }
  };
  return (
    <Group {...props}>
      {({ id, describedBy, invalid }) => (
        <select
          id={id}
          form={keptNowhere}
          class="nhsuk-select"
          value={props.value}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {props.choices.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Group>
  );
}

/** One of a few values, all of them in sight. */
export function Radios<T extends string>(props: ChoiceProps<T>) {
  const made = useId();
  const name = props.id ?? made;
  return (
    <div class={`nhsuk-form-group${props.error ? " nhsuk-form-group--error" : ""}`}>
      <fieldset class="nhsuk-fieldset">
        <legend class="nhsuk-fieldset__legend">{props.label}</legend>
        {props.error && <span class="nhsuk-error-message">{props.error}</span>}
        <div class="nhsuk-radios">
          {props.choices.map(({ value, text, hint }, index) => (
            <div class="nhsuk-radios__item" key={value}>
              <input
                class="nhsuk-radios__input"
                type="radio"
                id={index === 0 ? name : `${name}-${value}`}
                name={name}
                checked={props.value === value}
                aria-describedby={hint ? `${name}-${value}-hint` : undefined}
                onChange={() => props.onChange(value)}
              />
              <label
                class="nhsuk-label nhsuk-radios__label"
                for={index === 0 ? name : `${name}-${value}`}
              >
                {text}
              </label>
              {hint && (
                <div class="nhsuk-hint nhsuk-radios__hint" id={`${name}-${value}-hint`}>
                  {hint}
                </div>
              )}
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  id?: string;
}

/** Something that is so or not. */
export function Checkbox({ label, checked, onChange, id }: CheckboxProps) {
  const made = useId();
  return (
    <div class="nhsuk-checkboxes">
      <div class="nhsuk-checkboxes__item">
        <input
          class="nhsuk-checkboxes__input"
          type="checkbox"
          id={id ?? made}
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <label class="nhsuk-label nhsuk-checkboxes__label" for={id ?? made}>
          {label}
          <Of />
        </label>
      </div>
    </div>
  );
}
