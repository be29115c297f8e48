import { useMemo, useRef, useState } from "preact/hooks";
import { useAccount } from "../../app/who";
import type { ChangeProject, ItemId, MeasureItem, TallyItem } from "../../core/api";
import { useAction } from "../../core/use_action";
import { dayInWords, today } from "../../parts/days";
import { FaultNotice } from "../../parts/notice";
import { Of, OfContext, unlike, useOf } from "../../parts/of";
import { Chart } from "./chart";
import type { ItemNoun } from "./declared";
import { thing } from "./focus";
import { memo } from "./memo";
import { Observations } from "./observations";
import { idAt, Part } from "./part";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { sharing } from "./sharing";
import { TakeBack, Undo } from "./take_back";
import { Add, ThingCard, ThingFields, ThingList } from "./thing_form";
import { asRecord, calledEach, placeOf, recordsOf, type Thing } from "./things";
import { countedBy, mayTakeBack } from "./ticks";
import { useCalm } from "./use_calm";
import { inWords } from "./value";

interface MeasuresProps {
  measures: ChangeProject["measures"];
  targets: ChangeProject["targets"];
  observations: ChangeProject["observations"];
  tallies: ChangeProject["tallies"];
  phases: ChangeProject["phases"];
  annotations: ChangeProject["annotations"];
  hiddenNumbers: readonly ItemId[];
}

/** How it will be known that a change is an improvement: measures, their values and charts. */
export const Measures = memo(function Measures(props: MeasuresProps) {
  const around = useRef<ReadonlyMap<ItemId, Around>>(new Map());
  around.current = sharing(around.current, aroundEach(props));
  const hidden = useMemo(() => new Set(props.hiddenNumbers), [props.hiddenNumbers]);
  const called = calledEach("measure", recordsOf("measure", props.measures));
  return (
    <Part name="measures">
      {props.measures.map((item, index) => (
        <Measure
          key={item.id}
          called={called[index] ?? ""}
          item={item}
          around={around.current.get(item.id)}
          hidden={hidden}
        />
      ))}
      <Add noun="measure" />
    </Part>
  );
});

/** What belongs to one measure: the same object for as long as nothing of it changed. */
type Around = Pick<
  MeasuresProps,
  "targets" | "observations" | "tallies" | "phases" | "annotations"
>;

function aroundEach(all: MeasuresProps): ReadonlyMap<ItemId, Around> {
  const around = ({ id }: MeasureItem): Around => ({
    targets: all.targets.filter(({ target }) => target.measure === id),
    observations: all.observations.filter(({ observation }) => observation.measure === id),
    tallies: all.tallies.filter(({ tally }) => tally.measure === id),
    phases: all.phases.filter(({ phase }) => phase.measure === id),
    // A note without a measure stands in the chart of each.
    annotations: all.annotations.filter(({ annotation }) => (annotation.measure ?? id) === id),
  });
  return new Map(all.measures.map((item) => [item.id, around(item)]));
}

/** Fields of a measure that are shown when they are asked for: its operational definition. */
const definition = [
  "definition",
  "numerator",
  "denominator",
  "inclusion",
  "source",
  "collector",
  "frequency",
  "chart",
  "rules",
];

interface MeasureProps {
  called: string;
  item: MeasureItem;
  around: Around | undefined;
  hidden: ReadonlySet<ItemId>;
}

const NOTHING: Around = { targets: [], observations: [], tallies: [], phases: [], annotations: [] };

/** One measure, drawn again only where something of it changed. */
const Measure = memo(function Measure({ called, item, around = NOTHING, hidden }: MeasureProps) {
  const { id, measure } = item;
  const { isPast } = usePlan();
  const name = measure.name || "a measure without a name";
  const { observations, tallies } = around;
  return (
    <ThingCard
      noun="measure"
      id={id}
      record={asRecord(measure)}
      title={measure.name || "Measure without a name"}
      called={called}
      only={["name", "kind", "unit", "improvement"]}
      further={definition}
    >
      {!isPast && <Chart measure={id} of={[measure, around, hidden]} />}
      <Observations measure={id} name={name} observations={observations} hidden={hidden} />
      <Tallies measure={id} tallies={tallies} hidden={hidden} />
      <InChart measure={id} around={around} />
      {!isPast && <NewPhase measure={id} of={observations} />}
    </ThingCard>
  );
});

/** What stands in the chart of a measure beside its values. */
function InChart({ measure, around }: { measure: ItemId; around: Around }) {
  const { targets, phases, annotations } = around;
  return (
    <>
      <Beside
        noun="target"
        heading="Targets"
        measure={measure}
        things={recordsOf("target", targets)}
        only={["from", "value"]}
        said={{ from: today(), value: { type: "number", thousandths: 0 } }}
      />
      <Beside
        noun="phase"
        heading="Phases"
        measure={measure}
        things={recordsOf("phase", phases)}
        only={["from", "label", "reason", "fixedAfter"]}
        said={{ from: today() }}
      />
      <Beside
        noun="annotation"
        heading="Notes in the chart"
        measure={measure}
        things={recordsOf("annotation", annotations)}
        only={["at", "text", "measure", "cycle"]}
        said={{ at: today() }}
      />
    </>
  );
}

interface BesideProps {
  noun: ItemNoun;
  heading: string;
  measure: ItemId;
  things: readonly Thing[];
  only: readonly string[];
  said: Readonly<Record<string, unknown>>;
}

/** What belongs to a measure, and is seldom looked at. */
function Beside({ noun, heading, measure, things, only, said }: BesideProps) {
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">
          {heading} ({things.length})
          <Of />
        </span>
      </summary>
      <div class="nhsuk-details__text">
        <ThingList noun={noun} things={things} only={only} said={{ measure, ...said }} />
      </div>
    </details>
  );
}

interface TalliesProps {
  measure: ItemId;
  tallies: readonly TallyItem[];
  hidden: ReadonlySet<ItemId>;
}

/** Tally sheets, which several people fill tick by tick. */
function Tallies({ measure, tallies, hidden }: TalliesProps) {
  const of = useOf();
  const called = unlike(
    tallies.map(({ tally }) => `the tally sheet of ${dayInWords(inWords(tally.at))}`),
  );
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">
          Tally sheets ({tallies.length})
          <Of />
        </span>
      </summary>
      <div class="nhsuk-details__text">
        {tallies.map((item, index) => (
          <OfContext.Provider key={item.id} value={`${called[index]}${of}`}>
            <Sheet item={item} isHidden={hidden.has(item.id)} />
          </OfContext.Provider>
        ))}
        <Add noun="tally" said={{ measure, at: today() }} />
      </div>
    </details>
  );
}

function Sheet({ item: { id, tally }, isHidden }: { item: TallyItem; isHidden: boolean }) {
  const plan = usePlan();
  const tick = useAction((core, numerator: number, denominator: number) =>
    core.tick(plan.id, id, numerator, denominator),
  );
  const { device } = useAccount();
  const sum = countedBy(tally.ticks);
  const back = mayTakeBack(tally.ticks, device);
  const own = idAt(placeOf("tally", id));
  const title = useOf().replace(", ", "");
  return (
    <>
      <Undo beside={own} />
      <div class="plan-card" id={own} {...thing("tally")}>
        <ThingFields noun="tally" id={id} record={asRecord(tally)} only={["at", "group"]} />
        <p>{isHidden ? "The numbers of this sheet are hidden." : `${sum.of} of ${sum.all}`}</p>
        {plan.may.edit && (
          <div class="plan-row">
            <Small onClick={() => void tick.run(1, 1)}>
              Yes (+1 of 1)
              <Of />
            </Small>
            <Small onClick={() => void tick.run(0, 1)}>
              No (+0 of 1)
              <Of />
            </Small>
            <Small disabled={!back.yes} onClick={() => void tick.run(-1, -1)}>
              Take a yes back
              <Of />
            </Small>
            <Small disabled={!back.no} onClick={() => void tick.run(0, -1)}>
              Take a no back
              <Of />
            </Small>
            <TakeBack noun="tally" id={id} title={title} />
            {back.why && <span class="plan-quiet">{back.why}</span>}
          </div>
        )}
        <FaultNotice fault={tick.fault} />
      </div>
    </>
  );
}

/** Whether a new phase should be marked: a question for a person, who marks it. */
function NewPhase({ measure, of }: { measure: ItemId; of: readonly unknown[] }) {
  const plan = usePlan();
  const [isAsked, setIsAsked] = useState(false);
  const { value } = useCalm(
    isAsked ? (core) => core.phaseSuggestion(plan.id, measure) : undefined,
    [],
    [measure, ...of],
  );
  if (!plan.may.edit) return null;
  return (
    <>
      <Small pressed={isAsked} onClick={() => setIsAsked(!isAsked)}>
        Should a new phase begin?
        <Of />
      </Small>
      {isAsked && value && (
        <div class="nhsuk-inset-text">
          <p>{value.question}</p>
          <ul>
            {value.conditions.map((condition) => (
              <li key={condition.sentence}>
                {condition.sentence} {condition.seen}{" "}
                {condition.holds !== null && (condition.holds ? "(yes)" : "(no)")}
              </li>
            ))}
          </ul>
          {value.at && (
            <Add
              noun="phase"
              words={`Mark a phase from ${dayInWords(value.at)}`}
              said={{ measure, from: value.at }}
            />
          )}
        </div>
      )}
    </>
  );
}
