import { useId, useState } from "preact/hooks";
import type { NewSession, SessionKind } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { ErrorSummary, type FieldError } from "../../parts/error_summary";
import { Select, TextField } from "../../parts/field";
import { FaultNotice, Notice } from "../../parts/notice";
import { dayOf, kinds, startOn } from "./words";

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

function SessionForm({ module, onDone }: SessionFormProps) {
  const ids = useId();
  const fields = { title: `${ids}-title`, minutes: `${ids}-minutes`, day: `${ids}-day` };
  const [title, setTitle] = useState("");
  const [minutes, setMinutes] = useState("");
  const [kind, setKind] = useState<SessionKind>("core");
  const [day, setDay] = useState(dayOf(new Date()));
  const [of, setOf] = useState(module);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const modules = useCore((core) => core.modules(), ["packs"]);
  const add = useAction(async (core, session: NewSession) => {
    onDone(await core.warningsAbout(await core.addSession(session)));
  });
  const submit = (event: Event) => {
    event.preventDefault();
    const lacking = lacks(title, Number(minutes), day, fields);
    setErrors(lacking);
    if (lacking.length > 0) return;
    const start = startOn(day, Number(minutes), new Date());
    const session = { title, start, minutes: Number(minutes), kind };
    void add.run({ ...session, module: of || null, activity: null });
  };
  const error = (field: string) => errors.find((one) => one.field === field)?.text;
  const choices = (modules.value ?? []).map(({ key, title }) => ({ value: key, text: title }));
  return (
    <form onSubmit={submit}>
      <ErrorSummary errors={errors} />
      <FaultNotice fault={add.fault} />
      <TextField
        label="What it was"
        id={fields.title}
        error={error(fields.title)}
        value={title}
        onInput={setTitle}
      />
      <TextField
        label="Minutes"
        type="number"
        width={4}
        id={fields.minutes}
        error={error(fields.minutes)}
        value={minutes}
        onInput={setMinutes}
      />
      <TextField
        label="Day"
        type="date"
        width={10}
        id={fields.day}
        error={error(fields.day)}
        value={day}
        onInput={setDay}
      />
      <Select
        label="How it counts"
        value={kind}
        choices={kinds}
        onChange={(value) => setKind(value)}
      />
      <Select
        label="Module"
        value={of}
        choices={[{ value: "", text: "None" }, ...choices]}
        onChange={setOf}
      />
      <Button submit busy={add.busy}>
        Add
      </Button>
    </form>
  );
}

function lacks(
  title: string,
  minutes: number,
  day: string,
  fields: { title: string; minutes: string; day: string },
): FieldError[] {
  const errors: FieldError[] = [];
  if (title.trim() === "") errors.push({ field: fields.title, text: "Say what it was" });
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST) {
    errors.push({ field: fields.minutes, text: `Say how many minutes, from 1 to ${LONGEST}` });
  }
  if (day === "") errors.push({ field: fields.day, text: "Say which day it was" });
  return errors;
}
