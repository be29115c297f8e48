import { useEffect, useRef, useState } from "preact/hooks";
import type { ChartPoint, ChartView, ItemId } from "../../core/api";
import { Of, OfContext, useOf } from "../../parts/of";
import { Picture } from "../../parts/picture";
import { Table } from "../../parts/table";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { useCalm } from "./use_calm";

/** A picture is drawn as wide as there is room, in steps of so many pixels. */
const STEP = 40;
const WIDEST = 880;
const NARROWEST = 240;

interface ChartProps {
  measure: ItemId;
  /** What the chart is made of: where any of it changes the chart may be another. */
  of: readonly unknown[];
}

/** The chart of a measure, with its words and its table; and those of its groups. */
export function Chart({ measure, of }: ChartProps) {
  const { id } = usePlan();
  const [byGroup, setByGroup] = useState(false);
  const ofMeasure = useOf();
  const { room, width } = useWidth();
  const chart = useCalm(
    width === 0 ? undefined : (core) => core.chart(id, measure, width),
    [],
    [id, measure, width, ...of],
  );
  const groups = useCalm(
    byGroup ? (core) => core.chartsByGroup(id, measure, width) : undefined,
    [],
    [id, measure, width, ...of],
  );
  return (
    <div class="plan-chart" ref={room}>
      {chart.value && <Drawn view={chart.value} />}
      <Small pressed={byGroup} onClick={() => setByGroup(!byGroup)}>
        Show it by group
        <Of />
      </Small>
      {byGroup && groups.value?.length === 0 && <p>No value names a group.</p>}
      {byGroup &&
        groups.value?.map(({ group, chart: view }) => (
          <div key={group}>
            <h4 class="nhsuk-heading-xs">{group || "Without a group"}</h4>
            <OfContext.Provider value={`group ${group || "without a name"}${ofMeasure}`}>
              <Drawn view={view} />
            </OfContext.Provider>
          </div>
        ))}
    </div>
  );
}

/** How wide a picture may be. Text in it keeps its size at whatever width. */
function useWidth() {
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    // What is around it is laid out always, what is in it only in sight: paper wants all charts.
    const element = room.current?.parentElement;
    if (!element) return;
    const watcher = new ResizeObserver(([entry]) => {
      const free = Math.floor((entry?.contentRect.width ?? 0) / STEP) * STEP;
      setWidth(Math.max(NARROWEST, Math.min(free, WIDEST)));
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { room, width };
}

function Drawn({ view }: { view: ChartView }) {
  if (view.points.length === 0) {
    return <p class="plan-quiet">There is no value to draw yet.</p>;
  }
  return (
    <figure class="plan-figure">
      <Picture bytes={view.svg} words={view.summary.join(" ")} />
      <figcaption>
        {view.notices.length > 0 && (
          <div class="nhsuk-inset-text">
            {view.notices.map((notice) => (
              <p key={notice}>{notice}</p>
            ))}
          </div>
        )}
        {view.summary.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {view.notes.map(({ letter, text }) => (
          <p key={letter} class="plan-quiet">
            {letter}: {text}
          </p>
        ))}
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">
              The numbers as a table
              <Of />
            </span>
          </summary>
          <div class="nhsuk-details__text">
            <Numbers view={view} />
          </div>
        </details>
      </figcaption>
    </figure>
  );
}

const states = {
  counted: "",
  excluded: "left out",
  gap: "missing",
  hidden: "hidden, since it is small",
  conflict: "several values: choose one",
  invalid: "no value",
} as const;

const meanings = {
  common: "",
  improvement: "better",
  concern: "worse",
  neutral: "a change",
} as const;

function Numbers({ view }: { view: ChartView }) {
  const number = (value: number | null) => (value === null ? "" : String(round(value)));
  return (
    <Table<ChartPoint>
      caption={view.title}
      rows={view.points}
      rowKey={(point) => point.period}
      columns={[
        { head: "Period", cell: (point) => point.label },
        {
          head: "Value",
          numeric: true,
          cell: (point) => number(point.value) || states[point.state],
        },
        { head: "Target", numeric: true, cell: (point) => number(point.target) },
        { head: "More than chance", cell: (point) => meanings[point.meaning] },
      ]}
    />
  );
}

/** For showing: what is compared is compared by the core, without rounding. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
