import { useId, useState } from "preact/hooks";
import type { SessionKind } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { today } from "../../parts/days";
import type { FieldError } from "../../parts/error_summary";
import { Select, TextField } from "../../parts/field";
import { Form, lackingIf, useFilling } from "../../parts/form";
import { Notice } from "../../parts/notice";
import { useBegun } from "../../parts/unfinished";
import { kinds, startOn } from "./words";

/** The longest session that can be noted, in minutes: a day. */
const LONGEST = 24 * 60;

/** Noting time spent learning. Of a module's page the module is known. */
export function AddSession({ module }: { module?: string }) {
  const [added, setAdded] = useState(0);
  const [warnings, setWarnings] = useState<readonly string[]>();
  const done = (slips: readonly string[]) => {
    setWarnings(slips);
    setAdded(added + 1);
  };
  return (
    <section aria-labelledby="add-session">
      <h2 id="add-session">Add time you spent learning</h2>
      {warnings && (
        <Notice title="Added" kind={warnings.length === 0 ? "good" : "plain"}>
          <p>The session is saved here.</p>
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      )}
      <SessionForm key={added} module={module ?? ""} onDone={done} />
    </section>
  );
}

interface SessionFormProps {
  module: string;
  /** It was added; what may be a slip about it. */
  onDone(warnings: readonly string[]): void;
}

interface Session {
  title: string;
  minutes: string;
  kind: SessionKind;
  day: string;
  /** The module that it is of; empty if none. */
  of: string;
}

const TYPED = ["title", "minutes"] as const;

function SessionForm({ module, onDone }: SessionFormProps) {
  const { core } = useDesk();
  const ids = useId();
  const fields = { title: `${ids}-title`, minutes: `${ids}-minutes`, day: `${ids}-day` };
  const empty: Session = { title: "", minutes: "", kind: "core", day: today(), of: module };
  const { said, say, end } = useBegun(`session ${module}`, empty, TYPED);
  const { title, minutes, kind, day, of } = said;
  const filling = useFilling();
  const modules = useCore((core) => core.modules(), ["packs"]);
  const add = async () => {
    const start = startOn(day, Number(minutes), new Date());
    const session = { title, start, minutes: Number(minutes), kind };
    const id = await core.addSession({ ...session, module: of || null, activity: null });
    end();
    onDone(await core.warningsAbout(id));
  };
  const submit = () => void filling.take(lacks(title, Number(minutes), day, fields), add);
  const { error } = filling;
  const choices = (modules.value ?? []).map(({ key, title }) => ({ value: key, text: title }));
  return (
    <Form filling={filling} onSubmit={submit}>
      <TextField
        label="What it was"
        id={fields.title}
        error={error(fields.title)}
        value={title}
        onInput={(title) => say({ title })}
      />
      <TextField
        label="Minutes"
        type="number"
        width={4}
        id={fields.minutes}
        error={error(fields.minutes)}
        value={minutes}
        onInput={(minutes) => say({ minutes })}
      />
      <TextField
        label="Day"
        type="date"
        width={10}
        id={fields.day}
        error={error(fields.day)}
        value={day}
        onInput={(day) => say({ day })}
      />
      <Select
        label="How it counts"
        value={kind}
        choices={kinds}
        onChange={(kind) => say({ kind })}
      />
      <Select
        label="Module"
        value={of}
        choices={[{ value: "", text: "None" }, ...choices]}
        onChange={(of) => say({ of })}
      />
      <Button submit busy={filling.busy}>
        Add
      </Button>
    </Form>
  );
}

function lacks(
  title: string,
  minutes: number,
  day: string,
  fields: { title: string; minutes: string; day: string },
): FieldError[] {
  const isTime = Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST;
  return [
    ...lackingIf(title.trim() === "", fields.title, "Say what it was"),
    ...lackingIf(!isTime, fields.minutes, `Say how many minutes, from 1 to ${LONGEST}`),
    ...lackingIf(day === "", fields.day, "Say which day it was"),
  ];
}
