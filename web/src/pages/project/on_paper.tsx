import { options } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ItemId } from "../../core/api";
import { type Drawn, PlanInFull } from "./in_full";
import { idAt } from "./part";
import { usePeople, usePlan, useProject } from "./plan";
import { placeOf } from "./things";

/**
 * The plan in full, on paper alone: who prints the page on which it is written has it to read, and
 * not the fields in which it is written.
 */
export function OnPaper() {
  const { id } = usePlan();
  const project = useProject();
  const people = usePeople();
  if (!usePrinting()) return null;
  return (
    <div class="plan-on-paper">
      <PlanInFull id={id} project={project} people={people} drawn={drawnOnPage} />
    </div>
  );
}

/** The chart of a measure as the page shows it: one that were drawn now would come too late. */
function drawnOnPage(measure: ItemId): Drawn | undefined {
  const thing = document.getElementById(idAt(placeOf("measure", measure)));
  const picture = thing?.querySelector<HTMLImageElement>(".plan-chart img");
  return picture ? { address: picture.src, words: picture.alt } : undefined;
}

/** Whether the page is being printed. */
function usePrinting(): boolean {
  const [is, setIs] = useState(false);
  useEffect(() => {
    const paper = matchMedia("print");
    const before = () => atOnce(() => setIs(true));
    const after = () => setIs(paper.matches);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    paper.addEventListener("change", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      paper.removeEventListener("change", after);
    };
  }, []);
  return is;
}

/** Has the page show a change before this returns: a browser prints what is there then. */
function atOnce(change: () => void): void {
  const before = options.debounceRendering;
  options.debounceRendering = (show) => show();
  change();
  // Without a way of its own the page goes on as it did.
  if (before) options.debounceRendering = before;
  else delete options.debounceRendering;
}
