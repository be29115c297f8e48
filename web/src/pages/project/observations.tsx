import { useState } from "preact/hooks";
import type { ItemId, MeasureObservation, ObservationItem } from "../../core/api";
import { Button } from "../../parts/button";
import { dayInWords } from "../../parts/days";
import { Of, quoted, unlike, useOf } from "../../parts/of";
import { useBegun } from "../../parts/unfinished";
import { fieldsOf } from "./declared";
import { thing } from "./focus";
import { idAt } from "./part";
import { usePlan } from "./plan";
import { readAs } from "./reading";
import { Small } from "./remark";
import { TakeBack, Undo } from "./take_back";
import { useAdding } from "./thing_form";
import { edit, placeOf, unitOf } from "./things";
import { useTyped } from "./use_typed";
import { inWords } from "./value";

/** Values that are shown before somebody asks for the earlier ones. */
const SHOWN = 24;

const columns = ["at", "value", "group", "source", "excluded"] as const;
type ColumnName = (typeof columns)[number];

const heads: Readonly<Record<ColumnName, string>> = {
  at: "Day",
  value: "Value",
  group: "Group",
  source: "Source",
  excluded: "Left out because",
};

interface ObservationsProps {
  measure: ItemId;
  name: string;
  observations: readonly ObservationItem[];
  hidden: ReadonlySet<ItemId>;
}

/** The values of a measure in a table in which they are entered, the newest last. */
export function Observations({ measure, name, observations, hidden }: ObservationsProps) {
  const [limit, setLimit] = useState(SHOWN);
  const { may } = usePlan();
  const ordered = [...observations].sort((one, other) =>
    one.observation.at < other.observation.at ? -1 : 1,
  );
  const shown = ordered.slice(-limit);
  const of = useOf();
  const titles = unlike(
    ordered.map(({ observation: { at, group } }) => {
      const day = dayInWords(inWords(at));
      return group ? `the value of ${day} in ${quoted(group)}` : `the value of ${day}`;
    }),
  ).slice(-limit);
  return (
    <>
      {ordered.length > shown.length && (
        <Small onClick={() => setLimit(limit + 100)}>
          Show earlier values ({ordered.length - shown.length} more)
          <Of />
        </Small>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section class="desk-scroll" aria-label={`Values of ${name}`} tabIndex={0}>
        <table class="nhsuk-table plan-values">
          <caption class="nhsuk-table__caption nhsuk-table__caption--s">Values of {name}</caption>
          <thead class="nhsuk-table__head">
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {heads[column]}
                </th>
              ))}
              {may.edit && <th scope="col">Take back</th>}
            </tr>
          </thead>
          <tbody class="nhsuk-table__body">
            {shown.map(({ id, observation }, index) => (
              <Row
                key={id}
                title={`${titles[index]}${of}`}
                id={id}
                said={observation}
                isHidden={hidden.has(id)}
              />
            ))}
            {may.edit && <NewRow measure={measure} />}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface RowProps {
  title: string;
  id: ItemId;
  said: MeasureObservation;
  isHidden: boolean;
}

function Row({ title, id, said, isHidden }: RowProps) {
  const plan = usePlan();
  const own = idAt(placeOf("observation", id));
  return (
    <tr class="nhsuk-table__row" id={own} {...thing("observation")}>
      {columns.map((column) => (
        <td key={column}>
          {isHidden && column === "value" ? (
            <span class="plan-quiet">hidden</span>
          ) : (
            <Cell
              id={id}
              column={column}
              label={`${heads[column]} of ${title}`}
              value={said[column]}
            />
          )}
        </td>
      ))}
      {plan.may.edit && (
        <td>
          <Undo beside={own} />
          <TakeBack noun="observation" id={id} title={title} />
        </td>
      )}
    </tr>
  );
}

interface CellProps {
  id: ItemId;
  column: ColumnName;
  label: string;
  value: unknown;
}

/** One field of a value. It is set when it is left, and keeps what could not be taken. */
function Cell({ id, column, label, value }: CellProps) {
  const { may } = usePlan();
  const { typed, said, fault, type, leave } = useTyped({
    field: declared(column),
    place: placeOf("observation", id, column),
    value,
    edit: (to) => edit("observation", id, column, to),
  });
  if (!may.edit && typed === undefined) return <>{said}</>;
  return (
    <Input
      column={column}
      label={label}
      value={typed ?? said}
      words={fault?.words ?? ""}
      readOnly={!may.edit}
      onInput={type}
      onBlur={() => void leave()}
    />
  );
}

interface InputProps {
  column: ColumnName;
  label: string;
  value: string;
  words?: string;
  readOnly?: boolean;
  onInput(text: string): void;
  onBlur?(): void;
}

function Input({ column, label, value, words, readOnly, onInput, onBlur }: InputProps) {
  const shared = {
    "aria-label": label,
    "aria-invalid": words ? true : undefined,
    value,
    readOnly,
    onBlur,
    onInput: (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  };
  return (
    <>
      {column === "at" ? (
        <input {...shared} class="nhsuk-input plan-cell plan-cell--day" type="date" />
      ) : (
        <input
          {...shared}
          class={`nhsuk-input plan-cell${column === "value" ? " plan-cell--value" : ""}`}
          type="text"
          autocomplete="off"
        />
      )}
      {words && (
        <span class="nhsuk-error-message" role="alert">
          {words}
        </span>
      )}
    </>
  );
}

function declared(column: ColumnName) {
  return fieldsOf("observation")[column] ?? { kind: "line" as const, label: heads[column] };
}

const EMPTY: Readonly<Record<ColumnName, string>> = {
  at: "",
  value: "",
  group: "",
  source: "",
  excluded: "",
};

/** The last row, in which the next value is entered. */
function NewRow({ measure }: { measure: ItemId }) {
  const { id, view } = usePlan();
  const begun = useBegun(`${id} ${measure} value`, EMPTY, columns);
  const typed = begun.said;
  const [words, setWords] = useState("");
  const { add, fault, isBusy } = useAdding("observation");
  const own = `new-${measure}`;
  const of = useOf();
  const enter = async () => {
    const unit = unitOf(view().project, measure);
    const at = readAs(declared("at"), typed.at);
    const value = readAs(declared("value"), typed.value, unit);
    setWords([at, value].flatMap((read) => ("why" in read ? [read.why] : [])).join(" "));
    if ("why" in at || "why" in value || isBusy) return;
    const { group, source, excluded } = typed;
    const texts = Object.entries({ group, source, excluded }).filter(([, text]) => text !== "");
    const said = { measure, at: at.value, value: value.value, ...Object.fromEntries(texts) };
    if (await add(said)) begun.end({ ...EMPTY, group, source });
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Enter") void enter();
  };
  return (
    <tr class="nhsuk-table__row" id={own} {...thing("observation")} onKeyDown={key}>
      {columns.map((column) => (
        <td key={column}>
          <Input
            column={column}
            label={`${heads[column]} of a new value${of}`}
            value={typed[column]}
            onInput={(text) => begun.say({ [column]: text })}
          />
        </td>
      ))}
      <td>
        <Undo beside={own} />
        <Button
          kind="secondary"
          label={`Enter the new value${of}`}
          busy={isBusy}
          onClick={() => void enter()}
        >
          Enter
        </Button>
        {(words || fault) && (
          <span class="nhsuk-error-message" role="alert">
            {words || fault?.words}
          </span>
        )}
      </td>
    </tr>
  );
}
