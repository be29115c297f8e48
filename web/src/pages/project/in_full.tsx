import "../../parts/sheet.scss";
import "./in_full.scss";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Params } from "../../app/routes";
import type { ChangeProject, DocumentId, ItemId, Person, ProjectSection } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { dayInWords } from "../../parts/days";
import { OfAddress } from "../../parts/of_address";
import { Picture } from "../../parts/picture";
import { Title } from "../../parts/title";
import { BackToPlan } from "./back_to_plan";
import { aim, type Field, fieldsOf, type ItemNoun, names } from "./declared";
import { type Fact, Facts } from "./facts";
import { type PartName, parts } from "./part";
import { type Around, saidBy } from "./saying";
import { labelOf, type ThingRecord, thingsOf, upperFirst } from "./things";
import { type Branch, treeOf } from "./tree";
import * as words from "./words";

/** As wide as a chart is on a sheet of A4. In pixels. */
const CHART_WIDTH = 640;

/** A chart that is drawn already. */
export interface Drawn {
  address: string;
  words: string;
}

interface OfPlan {
  id: DocumentId;
  around: Around;
  /** The charts, where there is no time to draw them. */
  drawn?: ((measure: ItemId) => Drawn | undefined) | undefined;
}

const PlanContext = createContext<OfPlan>({
  id: "" as DocumentId,
  around: { plans: [], people: [] },
});

/** All of a plan as a document: to be read and printed, with nothing to write in or to press. */
export default function InFull({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const asked = useCore(
    async (core) => {
      const { project, members } = await core.project(id);
      const people = [...(await core.people()), ...members.map(({ person }) => person)];
      return { project, people };
    },
    { topics: ["documents", "people"], document: id },
    [id],
  );
  return (
    <OfAddress asked={asked}>
      {({ project, people }) => (
        <>
          <BackToPlan id={id} />
          <Title text="The plan in full" />
          <div class="desk-row">
            <Button onClick={() => print()}>Print it</Button>
          </div>
          <PlanInFull id={id} project={project} people={people} />
        </>
      )}
    </OfAddress>
  );
}

interface PlanInFullProps {
  id: DocumentId;
  project: ChangeProject;
  people: readonly Person[];
  drawn?: OfPlan["drawn"];
}

/** The document itself. */
export function PlanInFull({ id, project, people, drawn }: PlanInFullProps) {
  return (
    <PlanContext.Provider value={{ id, around: { plans: [project], people }, drawn }}>
      <article class="desk-paper plan-in-full" aria-label="The plan in full">
        <Plan project={project} />
      </article>
    </PlanContext.Provider>
  );
}

function Plan({ project }: { project: ChangeProject }) {
  const { title, status, setting, start, end } = project;
  const when = [start && `from ${dayInWords(start)}`, end && `until ${dayInWords(end)}`];
  const facts = [words.status[status], setting, ...when].filter(Boolean).join(", ");
  return (
    <>
      <h2>{title || "Plan without a title"}</h2>
      <p>{facts}</p>
      <OfAim project={project} />
      <Texts project={project} />
      <Drivers project={project} />
      <Measures project={project} />
      <Things name="cycles" nouns={["cycle"]} project={project} />
      <Things name="actions" nouns={["action"]} project={project} />
      <Things name="people" nouns={["teamMember", "stakeholder"]} project={project} />
      <Things name="value" nouns={["impact"]} project={project} />
      <Things name="outputs" nouns={["output"]} project={project} />
    </>
  );
}

/** What a record says, field by field; what is empty is left out. */
function useFacts(fields: Readonly<Record<string, Field>>, record: object): readonly Fact[] {
  const { around } = useContext(PlanContext);
  const said = record as ThingRecord;
  return Object.entries(fields).flatMap(([name, field]) => {
    const text = saidBy(field, said[name], around);
    return text === "" ? [] : [{ label: field.label, text }];
  });
}

function OfAim({ project }: { project: ChangeProject }) {
  return <Facts title={parts.aim} facts={useFacts(aim, project.aim)} />;
}

function Texts({ project: { sections } }: { project: ChangeProject }) {
  const all = Object.entries(words.section).flatMap(([section, label]) => {
    const text = sections.get(section as ProjectSection) ?? "";
    return text.trim() === "" ? [] : [{ label, text }];
  });
  return all.map(({ label, text }) => (
    <section key={label}>
      <h3>{label}</h3>
      <p class="desk-prose">{text}</p>
    </section>
  ));
}

function Drivers({ project: { drivers, ideas } }: { project: ChangeProject }) {
  if (drivers.length + ideas.length === 0) return null;
  return (
    <section>
      <h3>{parts.drivers}</h3>
      <ul>
        {treeOf(drivers).map((branch) => (
          <Driver key={branch.driver.id} branch={branch} />
        ))}
      </ul>
      {ideas.length > 0 && (
        <ul>
          {ideas.map(({ id, idea }) => (
            <li key={id}>
              {words.ideaState[idea.state]}: {idea.text || "a change idea without words"}
              {idea.rationale && ` (${idea.rationale})`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Driver({ branch: { driver, secondary } }: { branch: Branch }) {
  const name = (said: string) => said.trim() || "a driver without a name";
  return (
    <li>
      {name(driver.driver.name)}
      {secondary.length > 0 && (
        <ul>
          {secondary.map((item) => (
            <li key={item.id}>{name(item.driver.name)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Measures({ project: { measures } }: { project: ChangeProject }) {
  const { drawn } = useContext(PlanContext);
  return measures.map(({ id, measure }) => (
    <section key={id}>
      <Measure measure={measure} />
      {drawn ? <AsDrawn chart={drawn(id)} /> : <Chart measure={id} />}
    </section>
  ));
}

function Measure({ measure }: { measure: ChangeProject["measures"][number]["measure"] }) {
  const { name: _, ...fields } = fieldsOf("measure");
  const facts = useFacts(fields, measure);
  return <Facts title={measure.name || "Measure without a name"} facts={facts} />;
}

function AsDrawn({ chart }: { chart: Drawn | undefined }) {
  if (!chart) return null;
  return (
    <figure class="plan-figure">
      <img class="desk-picture" src={chart.address} alt={chart.words} />
      <figcaption>{chart.words}</figcaption>
    </figure>
  );
}

/** The chart of a measure with its words, and the numbers that it is drawn from. */
function Chart({ measure }: { measure: ItemId }) {
  const { id } = useContext(PlanContext);
  const { value: chart } = useCore(
    (core) => core.chart(id, measure, CHART_WIDTH),
    { topics: ["documents"], document: id },
    [id, measure],
  );
  if (!chart || chart.points.length === 0) return null;
  return (
    <figure class="plan-figure">
      <Picture bytes={chart.svg} words={chart.summary.join(" ")} />
      <figcaption>
        {[...chart.notices, ...chart.summary].map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {chart.notes.map(({ letter, text }) => (
          <p key={letter}>
            {letter}: {text}
          </p>
        ))}
      </figcaption>
    </figure>
  );
}

interface ThingsProps {
  name: PartName;
  nouns: readonly ItemNoun[];
  project: ChangeProject;
}

function Things({ name, nouns, project }: ThingsProps) {
  const all = nouns.flatMap((noun) =>
    thingsOf(project, noun).map((thing, at) => ({ noun, thing, at })),
  );
  if (all.length === 0) return null;
  return (
    <section>
      <h3>{parts[name]}</h3>
      {all.map(({ noun, thing, at }) => {
        const title = labelOf(noun, thing) || `${upperFirst(names[noun][0])} ${at + 1}`;
        return <Thing key={thing.id} noun={noun} title={title} record={thing.record} />;
      })}
    </section>
  );
}

function Thing({ noun, title, record }: { noun: ItemNoun; title: string; record: ThingRecord }) {
  // What it says first is its title.
  const facts = useFacts(fieldsOf(noun), record).filter(({ text }) => text.trim() !== title);
  return (
    <>
      <h4>{title}</h4>
      {facts.map(({ label, text }) => (
        <p key={label} class="plan-fact">
          <strong>{label}:</strong> <span class="desk-prose">{text}</span>
        </p>
      ))}
    </>
  );
}
