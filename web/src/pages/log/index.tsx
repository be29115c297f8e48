import { useState } from "preact/hooks";
import type { LearningCore, LearningLog, LogYear, SessionView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { today } from "../../parts/days";
import { Select, TextField } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { useOf } from "../../parts/of";
import { type Column, Table } from "../../parts/table";
import { counted, DayThere } from "../../parts/time";
import { Title } from "../../parts/title";
import { Day } from "../day";
import { time } from "../modules/words";
import { Row } from "../row";
import { AddSession } from "./add";
import { dayBefore, kindInWords } from "./words";

/** Which days are wanted: two days, or a training year as it is today. */
interface Wanted {
  which: "thisYear" | "lastYear" | "days";
  from: string;
  to: string;
}

/** The learning log of a period: time spent, and what it counts for. */
export default function Log() {
  const [wanted, setWanted] = useState<Wanted>({ which: "thisYear", from: "", to: "" });
  const log = useCore(
    (core) => logOf(core, wanted),
    ["documents", "packs"],
    [wanted.which, wanted.from, wanted.to],
  );
  return (
    <>
      <Title text="Learning log" />
      <Period wanted={wanted} onChange={setWanted} />
      <Answer asked={log}>{(found) => <Found log={found} />}</Answer>
      <AddSession />
    </>
  );
}

async function logOf(core: LearningCore, { which, from, to }: Wanted): Promise<LearningLog> {
  const year = await core.trainingYear(today());
  switch (which) {
    case "thisYear":
      return core.logOf(year.from, year.to);
    case "lastYear": {
      const last = await core.trainingYear(dayBefore(year.from));
      return core.logOf(last.from, last.to);
    }
    case "days":
      return core.logOf(from || year.from, to || year.to);
  }
}

function Period({ wanted, onChange }: { wanted: Wanted; onChange(wanted: Wanted): void }) {
  return (
    <fieldset class="nhsuk-fieldset">
      <legend class="nhsuk-fieldset__legend">Which days are counted</legend>
      <Select
        label="Period"
        value={wanted.which}
        choices={[
          { value: "thisYear", text: "This training year" },
          { value: "lastYear", text: "The training year before" },
          { value: "days", text: "From one day to another" },
        ]}
        onChange={(which) => onChange({ ...wanted, which })}
      />
      {wanted.which === "days" && (
        <>
          <TextField
            label="First day"
            type="date"
            width={10}
            value={wanted.from}
            onInput={(from) => onChange({ ...wanted, from })}
          />
          <TextField
            label="Last day"
            type="date"
            width={10}
            value={wanted.to}
            onInput={(to) => onChange({ ...wanted, to })}
          />
        </>
      )}
    </fieldset>
  );
}

const columns: readonly Column<SessionView>[] = [
  { head: "Session", cell: ({ session }) => session.title },
  { head: "When", cell: ({ session }) => <DayThere at={session.start} offset={session.offset} /> },
  { head: "Time", cell: ({ session }) => time(session.minutes), numeric: true },
  { head: "How it counts", cell: ({ session }) => kindInWords(session.kind) },
  { head: "Take out", cell: (view) => <Remove view={view} /> },
];

function Found({ log }: { log: LearningLog }) {
  return (
    <>
      {log.years.map((year) => (
        <Year key={year.from} year={year} />
      ))}
      {log.doubtful.length > 0 && (
        <p>
          {counted(log.doubtful.length, "thing")} may be noted twice, or went on at the same time as
          another.
        </p>
      )}
      {log.sessions.map((view) => (
        <SetApart key={view.id} view={view} />
      ))}
      {log.sessions.length === 0 ? (
        <p>No learning time is noted on these days.</p>
      ) : (
        <Table
          caption="Sessions"
          columns={columns}
          rows={log.sessions}
          rowKey={({ id }) => id}
          rowName={({ session }) => session.title}
        />
      )}
    </>
  );
}

/** What two devices set differently at once in a session; nothing of one in which they did not. */
function SetApart({ view: { session, disagreements } }: { view: SessionView }) {
  if (disagreements.length === 0) return null;
  const fields = disagreements.map(({ path, values }) => {
    const field = path.slice(path.lastIndexOf("/") + 1);
    return `${field} (${values.map(({ text }) => text).join(" or ")})`;
  });
  return (
    <p>
      Two of your devices set {fields.join(", ")} of {session.title} at once. Set it again on one of
      them, and it is settled.
    </p>
  );
}

function Remove({ view: { id, session } }: { view: SessionView }) {
  const remove = useAction((core) => core.removeSession(id));
  return (
    <>
      <FaultNotice fault={remove.fault} />
      <Button
        kind="secondary"
        busy={remove.busy}
        label={`Take out ${session.title}${useOf()}`}
        onClick={() => void remove.run()}
      >
        Take out
      </Button>
    </>
  );
}

/** So much of what is asked for; where nothing is, nothing is met or unmet. */
function against(done: number, asked: number, met: boolean | null): string {
  if (met === null) return `${time(done)} (no target is set for this period)`;
  return `${time(done)} of ${time(asked)} (${met ? "reached" : "not yet"})`;
}

function Year({ year }: { year: LogYear }) {
  const { count, rule } = year;
  const isLeft = (count.left ?? 0) > 0 || (count.coreLeft ?? 0) > 0;
  return (
    <section>
      <h2>
        <Day day={year.from} /> to <Day day={year.to} />
      </h2>
      <dl class="nhsuk-summary-list">
        <Row name="Counts">{against(count.counted, rule.target, count.targetMet)}</Row>
        <Row name="Core">{against(count.core, rule.core, count.coreMet)}</Row>
        <Row name="Other">{time(count.nonCore ?? 0)}</Row>
        <Row name="E-learning">{time(count.elearning)}</Row>
        {(count.aboveLimits ?? 0) > 0 && (
          <Row name="Above the limits">{time(count.aboveLimits ?? 0)}</Row>
        )}
        <Row name="Does not count">{time(count.excluded)}</Row>
        {isLeft && (
          <Row name="Left to do">
            {time(count.left ?? 0)} until <Day day={year.by} />, {time(count.coreLeft ?? 0)} of it
            core
          </Row>
        )}
        {year.absenceInWords !== "" && <Row name="Days absent">{year.absenceInWords}</Row>}
        {year.isFullTimeAssumed && <Row name="Hours">Full time, since no placement says</Row>}
      </dl>
      {[...year.reasons, ...year.notes].map((note) => (
        <p key={note}>{note}</p>
      ))}
    </section>
  );
}
