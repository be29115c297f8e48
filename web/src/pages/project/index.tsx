import { useMemo, useState } from "preact/hooks";
import { link, type Params } from "../../app/routes";
import type { DocumentId, Person, ProjectView, SittingView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { sentence } from "../../core/fault";
import { FaultNotice, Notice } from "../../parts/notice";
import { NothingHere } from "../../parts/of_address";
import { Tag } from "../../parts/tag";
import { counted, Moment } from "../../parts/time";
import { Title } from "../../parts/title";
import "./project.scss";
import "./sight.scss";
import { WithDeeds } from "./aloud";
import { AuthorsContext } from "./authors";
import { Checks } from "./checks";
import { Comments } from "./comments";
import { Company } from "./company";
import { Disagreements } from "./disagreements";
import { History } from "./history";
import { Members } from "./members";
import { OnPaper } from "./on_paper";
import { Paper } from "./paper";
import { PartList, type PartName, parts, usePlaceInSight } from "./part";
import { PeopleContext, type Plan, PlanContext, ProjectContext, usePlan } from "./plan";
import { PlanParts } from "./plan_parts";
import { Refused } from "./refused";
import { nameOf, Small } from "./remark";
import { openOf, type Said, SaidContext, saidBy } from "./said";
import { PlanSignOffs } from "./sign_offs";
import { type Told, ToldContext, toldBy } from "./told";
import { useCalm } from "./use_calm";
import { isLost, usePlanAt } from "./use_plan";

/** A change project: all of it on one page, which several people write at the same time. */
export default function ProjectPage({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const { plan, view, fault } = usePlanAt(id);
  const [past, setPast] = useState<SittingView>();
  if (!view) return fault ? <NothingHere fault={fault} /> : <Title text="Plan" />;
  return (
    <PlanContext.Provider value={plan}>
      {past ? (
        <Past sitting={past} view={view} plan={plan} onBack={() => setPast(undefined)} />
      ) : (
        <WithDeeds>
          <Present view={view} fault={fault} onLook={setPast} />
        </WithDeeds>
      )}
    </PlanContext.Provider>
  );
}

/** What is said to who cannot write in the plan. */
const rightWords = {
  read: "You can read this plan.",
  comment: "You can read this plan and comment on it.",
  edit: "",
  own: "",
} as const;

const allParts = Object.keys(parts) as PartName[];

interface PresentProps {
  view: ProjectView;
  fault: Parameters<typeof FaultNotice>[0]["fault"];
  onLook(sitting: SittingView): void;
}

function Present({ view, fault, onLook }: PresentProps) {
  const { id, project } = view;
  const [showsAuthors, setShowsAuthors] = useState(false);
  const people = useCalm((core) => core.people(), ["people"], []);
  const threads = useCalm((core) => core.threads(id), ["documents"], [id]);
  const suggestions = useCalm((core) => core.suggestions(id), ["documents"], [id]);
  const authors = useCalm(
    showsAuthors ? (core) => core.fieldAuthors(id) : undefined,
    ["documents"],
    [id, showsAuthors],
  );
  const said = useMemo(
    () => saidBy(threads.value ?? [], suggestions.value ?? []),
    [threads.value, suggestions.value],
  );
  const { may } = usePlan();
  const found = useCalm(
    may.edit ? (core) => core.findingsOf(id) : undefined,
    ["documents", "members"],
    [id, may.edit],
  );
  const told = useMemo(() => toldBy(found.value ?? []), [found.value]);
  usePlaceInSight(threads.value !== undefined);
  return (
    <Around view={view} people={people.value} said={said} told={told}>
      <AuthorsContext.Provider value={showsAuthors ? authors.value : undefined}>
        <OnPaper />
        <Title text={project.title || "Plan without a title"} windowName="Plan" />
        <Company project={project} />
        {isLost(fault) ? <Lost fault={fault} /> : <FaultNotice fault={fault} />}
        <Refused />
        <p class="plan-quiet" role="status">
          {rightWords[view.myRight]}
        </p>
        <p class="nhsuk-u-visually-hidden" role="status">
          {openInWords(said)}
        </p>
        <div class="plan-row">
          <Small pressed={showsAuthors} onClick={() => setShowsAuthors(!showsAuthors)}>
            Show who wrote what
          </Small>
          {view.status.held && <Tag colour="orange">Too large to be sent</Tag>}
          {view.status.quarantined && <Tag colour="red">Something was refused</Tag>}
        </div>
        <div class="plan-page">
          <PartList shown={allParts} />
          <div>
            <Disagreements of={view.disagreements} />
            <PlanParts project={project} hiddenNumbers={view.hiddenNumbers} />
            <Checks />
            <Comments said={said} project={project} />
            <Members view={view} />
            <PlanSignOffs />
            <History onLook={onLook} />
            <Paper />
          </div>
        </div>
      </AuthorsContext.Provider>
    </Around>
  );
}

/** What is said and waits, so that a screen reader tells of what arrives. */
function openInWords(said: Said): string {
  const open = [...said.values()].reduce((sum, here) => sum + openOf(here), 0);
  return open === 0
    ? ""
    : `${counted(open, "comment or suggestion", "comments or suggestions")} open.`;
}

interface AroundProps {
  view: Pick<ProjectView, "project" | "members">;
  people?: readonly Person[] | undefined;
  said: Said;
  told?: Told;
  children: preact.ComponentChildren;
}

const NOBODY: readonly Person[] = [];
const NOTHING_TOLD: Told = new Map();

/** What parts of a plan read from around them. */
function Around({ view, people = NOBODY, said, told = NOTHING_TOLD, children }: AroundProps) {
  const all = useMemo(() => {
    const members = view.members.map(({ person }) => person);
    const taking = new Set(members.map(({ id }) => id));
    return [...members, ...people.filter(({ id }) => !taking.has(id))];
  }, [view.members, people]);
  return (
    <ProjectContext.Provider value={view.project}>
      <PeopleContext.Provider value={all}>
        <SaidContext.Provider value={said}>
          <ToldContext.Provider value={told}>{children}</ToldContext.Provider>
        </SaidContext.Provider>
      </PeopleContext.Provider>
    </ProjectContext.Provider>
  );
}

/** That the plan can be read or written no more. What was typed stays where it was. */
function Lost({ fault }: { fault: PresentProps["fault"] }) {
  return (
    <Notice title="You cannot change this plan any more" kind="warning">
      <p>{fault && sentence(fault.words)}</p>
      <p>
        What you see is how it was last. What you typed and could not be kept is still in its field:
        copy it from there. What the server refused is kept under <a href={link("/sync")}>Sync</a>.
      </p>
    </Notice>
  );
}

interface PastProps {
  sitting: SittingView;
  view: ProjectView;
  plan: Plan;
  onBack(): void;
}

const pastParts: readonly PartName[] = [
  "overview",
  "aim",
  "background",
  "drivers",
  "measures",
  "cycles",
  "actions",
  "people",
  "value",
  "outputs",
];

const NOTHING_SAID: Said = new Map();

/** The plan as it was with a sitting and all before it, to be read. */
function Past({ sitting, view, plan, onBack }: PastProps) {
  const { id } = view;
  const { version, by, to } = sitting;
  const { core } = useDesk();
  const found = useCalm(() => core.projectAt(id, version), [], [id, version]);
  const past: Plan = {
    ...plan,
    may: { comment: false, edit: false, own: false },
    isPast: true,
    enter: () => {},
  };
  return (
    <>
      <Title text="The plan as it was" />
      <div class="nhsuk-inset-text">
        <p>
          This is how the plan was after {nameOf(by)} wrote in it, <Moment at={to} />.
        </p>
        <Small onClick={onBack}>Back to the plan as it is now</Small>
      </div>
      <FaultNotice fault={found.fault} />
      {found.value && (
        <PlanContext.Provider value={past}>
          <Around view={{ project: found.value, members: view.members }} said={NOTHING_SAID}>
            <OnPaper />
            <div class="plan-page">
              <PartList shown={pastParts} />
              <div>
                <PlanParts project={found.value} hiddenNumbers={view.hiddenNumbers} />
              </div>
            </div>
          </Around>
        </PlanContext.Provider>
      )}
    </>
  );
}
