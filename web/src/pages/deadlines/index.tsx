import { useId } from "preact/hooks";
import type { DeadlineView, ItemId, RecordEdit } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { Form, lackingIf, useFilling } from "../../parts/form";
import { FaultNotice } from "../../parts/notice";
import { Apart, useOf } from "../../parts/of";
import { Tag } from "../../parts/tag";
import { counted } from "../../parts/time";
import { Title } from "../../parts/title";
import { useBegun } from "../../parts/unfinished";
import { Day } from "../day";

/** The days by which evidence has to be there, soonest first. */
export default function Deadlines() {
  const deadlines = useCore((core) => core.deadlines(), ["documents"]);
  return (
    <>
      <Title text="Deadlines" />
      <p>The last days on which evidence is taken. What comes soon is in your inbox as well.</p>
      <Answer asked={deadlines}>
        {(all) =>
          all.length === 0 ? (
            <p>No deadline is noted.</p>
          ) : (
            <ul class="desk-list">
              <Apart
                items={all}
                itemKey={({ id }) => id}
                itemName={({ deadline }) => deadline.name}
              >
                {(view) => (
                  <li>
                    <Deadline view={view} />
                  </li>
                )}
              </Apart>
            </ul>
          )
        }
      </Answer>
      <Add />
    </>
  );
}

/** How many days are left, in words. */
function left(days: number): string {
  if (days === 0) return "today";
  return days < 0 ? `${counted(-days, "day")} ago` : `${counted(days, "day")} left`;
}

function Deadline({ view: { id, deadline, daysLeft } }: { view: DeadlineView }) {
  const takeBack = useAction((core) => {
    const edit: RecordEdit = { type: "takeBack", noun: "evidenceDeadline", id, at: new Date() };
    return core.editRecord([edit]);
  });
  return (
    <>
      <h2 class="nhsuk-heading-s">{deadline.name || "Untitled"}</h2>
      <p class="desk-row">
        <Tag colour={daysLeft < 0 ? "grey" : daysLeft <= 14 ? "orange" : "green"}>
          {left(daysLeft)}
        </Tag>
        <Day day={deadline.at} />
      </p>
      {deadline.scope && <p class="desk-prose">{deadline.scope}</p>}
      <FaultNotice fault={takeBack.fault} />
      <Button
        kind="secondary"
        busy={takeBack.busy}
        label={`Take back ${deadline.name || "a deadline without a name"}${useOf()}`}
        onClick={() => void takeBack.run()}
      >
        Take back
      </Button>
    </>
  );
}

/** The edits by which a deadline is added. */
function adding(id: ItemId, name: string, at: string, scope: string): RecordEdit[] {
  return [
    { type: "add", noun: "evidenceDeadline", id },
    { type: "evidenceDeadline", id, edit: { type: "name", value: name } },
    { type: "evidenceDeadline", id, edit: { type: "at", value: at } },
    { type: "evidenceDeadline", id, edit: { type: "scope", value: scope } },
  ];
}

const EMPTY = { name: "", at: "", scope: "" };
const TYPED = ["name", "at", "scope"] as const;

function Add() {
  const { core } = useDesk();
  const ids = useId();
  const [nameId, dayId] = [`${ids}-name`, `${ids}-day`];
  const { said, say, end } = useBegun("deadline", EMPTY, TYPED);
  const { name, at, scope } = said;
  const filling = useFilling();
  const add = async () => {
    await core.editRecord(adding(await core.newItemId(), name, at, scope));
    end();
  };
  const submit = () => {
    const lacking = [
      ...lackingIf(name.trim() === "", nameId, "Say what closes on that day"),
      ...lackingIf(at === "", dayId, "Say which day it is"),
    ];
    void filling.take(lacking, add);
  };
  const { error } = filling;
  return (
    <Form filling={filling} onSubmit={submit}>
      <h2>Add a deadline</h2>
      <TextField
        label="What closes"
        id={nameId}
        error={error(nameId)}
        value={name}
        onInput={(name) => say({ name })}
      />
      <TextField
        label="Last day"
        type="date"
        id={dayId}
        error={error(dayId)}
        width={10}
        value={at}
        onInput={(at) => say({ at })}
      />
      <TextField
        label="What has to be there by then"
        value={scope}
        onInput={(scope) => say({ scope })}
      />
      <Button submit busy={filling.busy}>
        Add
      </Button>
    </Form>
  );
}
