import type { TargetedInputEvent } from "preact";
import { useId, useState } from "preact/hooks";
import type { ItemId, PersonId, ProjectEdit, ProjectView } from "../../core/api";
import type { Fault } from "../../core/fault";
import { Group } from "../../parts/field";
import { Of, unlike } from "../../parts/of";
import { Moment } from "../../parts/time";
import { TypedText } from "../../typing/typed_text";
import { LastBy } from "./authors";
import type { Field, ItemNoun } from "./declared";
import { idAt } from "./part";
import { nameInPlan } from "./places";
import { usePeople, usePlan, useProject } from "./plan";
import { saidBy } from "./saying";
import { labelOf, saidAt, thingsOf } from "./things";
import { Beside } from "./threads";
import { useTyped } from "./use_typed";
import { inWords } from "./value";

interface SettableProps {
  field: Field;
  place: string;
  value: unknown;
  /** The edit that has it say this. */
  edit(value: unknown): ProjectEdit;
}

/** A field that is set as a whole, at once or when it is left. */
export function Settable(props: SettableProps) {
  const { kind } = props.field;
  const isWide = kind === "passage" || kind === "items";
  return (
    <div class={`plan-beside${isWide ? " plan-beside--wide" : ""}`} id={idAt(props.place)}>
      <div>
        <Given {...props} />
        <LastBy place={props.place} />
      </div>
      <Beside place={props.place} />
    </div>
  );
}

function Given(props: SettableProps) {
  const { field } = props;
  const { may } = usePlan();
  // What was typed while the right was taken away stays in its field.
  const [wasOpen] = useState(may.edit);
  if (!may.edit && !wasOpen) return <Shown {...props} />;
  switch (field.kind) {
    case "words":
      return <Choice {...props} choices={choicesOf(field.words, field.blank)} />;
    case "item":
      return <ItemChoice {...props} noun={field.noun} needed={field.needed === true} />;
    case "items":
      return <ItemChoices {...props} noun={field.noun} />;
    case "person":
      return <PersonChoice {...props} />;
    case "moment":
      return <Done {...props} />;
    case "ticks":
      return null;
    case "line":
      // What is to be a value is read as one when it is left.
      return field.says ? <Typed {...props} /> : <Words {...props} />;
    case "passage":
      return <Words {...props} />;
    default:
      return <Typed {...props} />;
  }
}

/** What a field says, for who cannot set it. What is empty is not shown. */
function Shown({ field, value }: SettableProps) {
  const words = useWords(field, value);
  if (words === "") return null;
  return (
    <div class="nhsuk-form-group">
      <p class="nhsuk-label nhsuk-u-margin-bottom-1">{field.label}</p>
      <p class="plan-words">{words}</p>
    </div>
  );
}

/** What a field says, as this page says it. */
function useWords(field: Field, value: unknown): string {
  const project = useProject();
  const people = usePeople();
  return saidBy(field, value, { plans: [project], people });
}

/** Sets a field, and says why that was refused. */
function useSetting({ edit }: SettableProps) {
  const plan = usePlan();
  const [fault, setFault] = useState<Fault>();
  const set = async (value: unknown) => setFault(await plan.edit([edit(value)]));
  return { set, fault, isOpen: plan.may.edit };
}

/** A line or a passage: kept as it is typed, each time on what this person had before them. */
function Words({ field, value, place, edit }: SettableProps) {
  const plan = usePlan();
  const whole = {
    isShared: false,
    edit,
    read: ({ project }: ProjectView) => inWords(saidAt(project, place)),
  };
  return (
    <TypedText
      label={field.label}
      hint={field.hint}
      where={`${plan.id} ${place}`}
      called={() => nameInPlan(place, plan.view().project)}
      text={inWords(value)}
      rows={1}
      isLine={field.kind === "line"}
      readOnly={!plan.may.edit}
      open={(on, show) => plan.typingWhole(whole, on, show)}
      onEnter={() => plan.enter(place)}
    />
  );
}

/** A day, a number or a value: set when the field is left. */
function Typed(props: SettableProps) {
  const { field, place } = props;
  const { enter, may } = usePlan();
  const { typed, said, fault, type, leave } = useTyped(props);
  const shared = {
    value: typed ?? said,
    readOnly: !may.edit,
    onFocus: () => enter(place),
    onBlur: () => void leave(),
  };
  const take = (event: TargetedInputEvent<HTMLInputElement>) => type(event.currentTarget.value);
  const enterKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") void leave();
  };
  return (
    <Group label={field.label} hint={field.hint} error={fault?.words}>
      {({ id, describedBy, invalid }) => {
        const all = { id, "aria-describedby": describedBy, "aria-invalid": invalid, ...shared };
        if (field.kind === "day") {
          return (
            <input {...all} class="nhsuk-input nhsuk-input--width-10" type="date" onInput={take} />
          );
        }
        return (
          <input
            {...all}
            class="nhsuk-input nhsuk-input--width-10"
            type="text"
            autocomplete="off"
            onInput={take}
            onKeyDown={enterKey}
          />
        );
      }}
    </Group>
  );
}

interface ChoiceProps extends SettableProps {
  choices: readonly { value: string; text: string }[];
}

function choicesOf(words: Readonly<Record<string, string>>, blank?: string) {
  const choices = Object.entries(words).map(([value, text]) => ({ value, text }));
  return blank === undefined ? choices : [{ value: "", text: blank }, ...choices];
}

/** One of several, set as soon as it is chosen. */
function Choice(props: ChoiceProps) {
  const { field, value, place, choices } = props;
  const { enter } = usePlan();
  const { set, fault, isOpen } = useSetting(props);
  const now = value === null || value === undefined ? "" : String(value);
  return (
    <Group label={field.label} hint={field.hint} error={fault?.words}>
      {({ id, describedBy, invalid }) => (
        <select
          id={id}
          class="nhsuk-select"
          value={now}
          disabled={!isOpen}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          onFocus={() => enter(place)}
          onChange={(event) => void set(event.currentTarget.value || null)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === now}>
              {choice.text}
            </option>
          ))}
        </select>
      )}
    </Group>
  );
}

/** The things of a kind as choices, each by what it says first. */
export function useItems(noun: ItemNoun): readonly { value: ItemId; text: string }[] {
  const things = thingsOf(useProject(), noun);
  const texts = unlike(things.map((thing) => labelOf(noun, thing) || "Without a name"));
  return things.map(({ id }, index) => ({ value: id, text: texts[index] ?? "" }));
}

function ItemChoice(props: SettableProps & { noun: ItemNoun; needed: boolean }) {
  const items = useItems(props.noun);
  const none = props.needed ? [] : [{ value: "", text: "None" }];
  return <Choice {...props} choices={[...none, ...items]} />;
}

function PersonChoice(props: SettableProps) {
  const people = usePeople().map(({ id, name }) => ({ value: id as PersonId, text: name }));
  const isKnown = people.some((person) => person.value === props.value);
  const other = props.value && !isKnown ? [{ value: String(props.value), text: "Somebody" }] : [];
  return <Choice {...props} choices={[{ value: "", text: "Nobody yet" }, ...people, ...other]} />;
}

/** Several things of a kind, each of which is meant or not. */
function ItemChoices(props: SettableProps & { noun: ItemNoun }) {
  const { field, value, noun } = props;
  const { set, fault, isOpen } = useSetting(props);
  const items = useItems(noun);
  const name = useId();
  const chosen = new Set(value as readonly ItemId[]);
  const toggle = (id: ItemId) => {
    const now = items.map((item) => item.value).filter((one) => chosen.has(one) !== (one === id));
    void set(now);
  };
  return (
    <fieldset class="nhsuk-fieldset nhsuk-form-group">
      <legend class="nhsuk-fieldset__legend">
        {field.label}
        <Of />
      </legend>
      {fault && <span class="nhsuk-error-message">{fault.words}</span>}
      {items.length === 0 && <p class="plan-quiet">There are none yet.</p>}
      <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
        {items.map((item) => (
          <div class="nhsuk-checkboxes__item" key={item.value}>
            <input
              class="nhsuk-checkboxes__input"
              type="checkbox"
              id={`${name}-${item.value}`}
              checked={chosen.has(item.value)}
              disabled={!isOpen}
              onChange={() => toggle(item.value)}
            />
            <label class="nhsuk-label nhsuk-checkboxes__label" for={`${name}-${item.value}`}>
              {item.text}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** Whether something was done: the moment is that of the tick. */
function Done(props: SettableProps) {
  const { field, value } = props;
  const { set, fault, isOpen } = useSetting(props);
  const id = useId();
  const at = value instanceof Date ? value : undefined;
  return (
    <div class="nhsuk-form-group">
      <div class="nhsuk-checkboxes">
        <div class="nhsuk-checkboxes__item">
          <input
            class="nhsuk-checkboxes__input"
            type="checkbox"
            id={id}
            checked={at !== undefined}
            disabled={!isOpen}
            onChange={() => void set(at ? null : new Date())}
          />
          <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
            {field.label}
            <Of />
            {at && (
              <>
                {" "}
                <Moment at={at} dayOnly />
              </>
            )}
          </label>
        </div>
      </div>
      {fault && <span class="nhsuk-error-message">{fault.words}</span>}
    </div>
  );
}
