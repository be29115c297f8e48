import { link } from "../../app/routes";
import type { CohortCopy, CohortProject, CohortTrainee } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { Of, OfContext } from "../../parts/of";
import { type Column, Table } from "../../parts/table";
import { Tag } from "../../parts/tag";
import { counted, Moment } from "../../parts/time";
import { Title } from "../../parts/title";
import { download } from "../download";
import { status as statuses } from "../project/words";

/** So many days without a word are worth a look. */
const SILENT_DAYS = 28;

/** A person's trainees, by what these shared with them and by nothing else. */
export default function Cohort() {
  const cohort = useCore((core) => core.cohort(), ["documents", "members", "people"]);
  const save = useAction(async (core) => {
    download("cohort.csv", "text/csv", await core.cohortCsv());
  });
  return (
    <>
      <Title text="Cohort" />
      <p>
        The trainees whose plans you are a member of, or who shared copies with you. What they did
        not share is not counted here.
      </p>
      <FaultNotice fault={save.fault} />
      <Answer asked={cohort}>
        {(trainees) =>
          trainees.length === 0 ? (
            <p>Nobody has shared a plan or a copy with you yet.</p>
          ) : (
            <>
              {trainees.map((trainee) => (
                <Trainee key={trainee.person} trainee={trainee} />
              ))}
              <Button kind="secondary" busy={save.busy} onClick={() => void save.run()}>
                Save as CSV
              </Button>
            </>
          )
        }
      </Answer>
    </>
  );
}

const projects: readonly Column<CohortProject>[] = [
  {
    head: "Plan",
    cell: ({ id, title }) => (
      <a href={link("/projects/:id", { id })}>
        {title || "Untitled"}
        <Of />
      </a>
    ),
  },
  { head: "Status", cell: ({ status }) => statuses[status] },
  {
    head: "Score",
    cell: ({ progressHalves }) => (progressHalves === null ? "none" : progressHalves / 2),
    numeric: true,
  },
  { head: "Last change", cell: ({ lastChange }) => <Moment at={lastChange} dayOnly /> },
  { head: "Silent", cell: ({ silentDays }) => <Silent days={silentDays} /> },
  {
    head: "Open actions",
    cell: ({ openActions, overdueActions }) =>
      overdueActions > 0 ? `${openActions}, ${overdueActions} overdue` : openActions,
    numeric: true,
  },
  {
    head: "Without a value",
    cell: ({ withoutValue }) => (withoutValue.length === 0 ? "none" : withoutValue.join(", ")),
  },
];

function Silent({ days }: { days: number }) {
  const words = counted(days, "day");
  return days >= SILENT_DAYS ? <Tag colour="orange">{words}</Tag> : words;
}

const copies: readonly Column<CohortCopy>[] = [
  {
    head: "Copy",
    cell: ({ id, title }) => (
      <a href={link("/copies/:id", { id })}>
        {title || "Untitled"}
        <Of />
      </a>
    ),
  },
  { head: "Shared", cell: ({ sharedAt }) => <Moment at={sharedAt} dayOnly /> },
  {
    head: "You read it",
    cell: ({ seenAt }) => (seenAt === null ? "not yet" : <Moment at={seenAt} dayOnly />),
  },
];

function Trainee({ trainee }: { trainee: CohortTrainee }) {
  const name = trainee.name || "A person not known here";
  return (
    <section aria-label={name}>
      <OfContext.Provider value={`of ${name}`}>
        <h2>{name}</h2>
        {trainee.projects.length === 0 ? (
          <p>No plan of theirs is shared with you.</p>
        ) : (
          <Table
            caption={`Plans of ${name}`}
            columns={projects}
            rows={trainee.projects}
            rowKey={({ id }) => id}
            rowName={({ title }) => title}
          />
        )}
        {trainee.copies.length > 0 && (
          <Table
            caption={`Copies that ${name} shared`}
            columns={copies}
            rows={trainee.copies}
            rowKey={({ id }) => id}
            rowName={({ title }) => title}
          />
        )}
      </OfContext.Provider>
    </section>
  );
}
