import { useState } from "preact/hooks";
import type { ChangeProject, ProjectEdit, ProjectStatus } from "../../core/api";
import { useDesk } from "../../core/desk";
import { type Fault, faultOf } from "../../core/fault";
import { Button } from "../../parts/button";
import { Select, TextArea } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { useBegun } from "../../parts/unfinished";
import type { Field } from "./declared";
import { Part } from "./part";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { Settable } from "./settable";
import { Tags } from "./tags";
import { ThingFields } from "./thing_form";
import { asRecord } from "./things";
import * as words from "./words";

/** A field of the plan itself: what it is called there, how it is given, and the edit of it. */
const fields: readonly {
  name: "title" | "setting" | "start" | "end";
  field: Field;
  edit(value: unknown): ProjectEdit;
}[] = [
  {
    name: "title",
    field: { kind: "line", label: words.field.title },
    edit: (value) => ({ type: "title", title: String(value) }),
  },
  {
    name: "setting",
    field: { kind: "line", label: words.field.setting },
    edit: (value) => ({ type: "setting", setting: String(value) }),
  },
  {
    name: "start",
    field: { kind: "day", label: words.field.start },
    edit: (on) => ({ type: "start", on: on as string | null }),
  },
  {
    name: "end",
    field: { kind: "day", label: words.field.end },
    edit: (on) => ({ type: "end", on: on as string | null }),
  },
];

const progress: Field = {
  kind: "words",
  label: words.field.progress,
  words: Object.fromEntries(words.progress.map((text, index) => [String(index + 1), text])),
  blank: "Not said yet",
};

/** What the plan is called, where and when it is, and how far it has come. */
export function Overview({ project }: { project: ChangeProject }) {
  return (
    <Part name="overview">
      <p>
        <Tag colour="blue">{words.status[project.status]}</Tag>
      </p>
      <div class="plan-fields">
        {fields.map(({ name, field, edit }) => (
          <Settable key={name} field={field} place={name} value={project[name]} edit={edit} />
        ))}
        <Settable
          field={progress}
          place="progress"
          value={project.progress}
          edit={(score) => ({ type: "progress", score: score === null ? null : Number(score) })}
        />
      </div>
      <Tags topic={project.topic} tags={project.tags} />
      <Move status={project.status} />
      {project.moves.length > 0 && <StatusLog moves={project.moves} />}
    </Part>
  );
}

function StatusLog({ moves }: { moves: ChangeProject["moves"] }) {
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">Status log</span>
      </summary>
      <div class="nhsuk-details__text">
        {moves.map(({ id, step }) => (
          <div key={id}>
            <p>
              <strong>{words.status[step.to]}</strong> {step.at && <Moment at={step.at} dayOnly />}
            </p>
            <ThingFields noun="statusMove" id={id} record={asRecord(step)} only={["note"]} />
          </div>
        ))}
      </div>
    </details>
  );
}

/** Moves the plan on or back, with what came of it. */
function Move({ status }: { status: ProjectStatus }) {
  const { id, may } = usePlan();
  if (!may.edit) return null;
  return (
    <Opening place={`${id} move`} button={(open) => <Small onClick={open}>Move the plan on</Small>}>
      {(close) => <Moving status={status} onEnd={close} />}
    </Opening>
  );
}

const TYPED = ["note"] as const;

function Moving({ status, onEnd }: { status: ProjectStatus; onEnd(): void }) {
  const { core } = useDesk();
  const plan = usePlan();
  const begun = useBegun(`${plan.id} move`, { to: status, note: "" }, TYPED);
  const { to, note } = begun.said;
  const end = () => {
    begun.end();
    onEnd();
  };
  const [fault, setFault] = useState<Fault>();
  const move = async (event: Event) => {
    event.preventDefault();
    try {
      const id = await core.newItemId();
      const refused = await plan.edit([{ type: "move", id, to, at: new Date(), note }]);
      setFault(refused);
      if (!refused) end();
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  const choices = Object.entries(words.status).map(([value, text]) => ({
    value: value as ProjectStatus,
    text,
  }));
  return (
    <form class="plan-say" onSubmit={move}>
      <Select<ProjectStatus>
        label="How far it has come"
        value={to}
        choices={choices}
        onChange={(to) => begun.say({ to })}
      />
      <TextArea
        label="Why, or what came of it"
        rows={2}
        value={note}
        onInput={(note) => begun.say({ note })}
      />
      <FaultNotice fault={fault} />
      <div class="plan-row">
        <Button submit>Move it</Button>
        <Small onClick={end}>Cancel</Small>
      </div>
    </form>
  );
}
