import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { link, placeIn, useHash } from "../../app/routes";
import { usePlan } from "./plan";

/** The parts of the page of a plan, in their order. */
export const parts = {
  overview: "Overview",
  aim: "Aim",
  background: "Background and plan",
  drivers: "Drivers and change ideas",
  measures: "Measures and charts",
  cycles: "PDSA cycles",
  actions: "Actions",
  people: "Team and stakeholders",
  value: "Sum of value (SusQI)",
  outputs: "Outputs",
  checks: "Checks",
  comments: "Comments",
  members: "Who takes part",
  signOffs: "Sign-offs of the plan",
  history: "History",
  paper: "Print and reuse",
} as const;

export type PartName = keyof typeof parts;

interface PartProps {
  name: PartName;
  children: ComponentChildren;
}

/** A part of the page, which its heading names and its address leads to. */
export function Part({ name, children }: PartProps) {
  return (
    <section class="plan-part" id={idOf(name)} aria-labelledby={`${idOf(name)}-head`}>
      <h2 class="nhsuk-heading-m" id={`${idOf(name)}-head`} tabIndex={-1}>
        {parts[name]}
      </h2>
      {children}
    </section>
  );
}

/** Links to the parts. Where a person is in the page is marked in it. */
export function PartList({ shown }: { shown: readonly PartName[] }) {
  const { id } = usePlan();
  const at = usePartInSight(shown);
  return (
    <nav class="plan-list" aria-label="Parts of the plan">
      <ul>
        {shown.map((name) => (
          <li key={name}>
            <a
              href={link("/projects/:id", { id }, name)}
              aria-current={name === at ? "location" : undefined}
              onClick={() => show(idOf(name))}
            >
              {parts[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Brings the place that the address names into sight, once it is on the page. */
export function usePlaceInSight(isReady: boolean): void {
  const place = placeIn(useHash());
  const first = useRef(place);
  useEffect(() => {
    if (!isReady || !place) return;
    // Who has begun to do something while the page was read is not taken away from it.
    const isBusy = place === first.current && !isAtBeginning();
    first.current = "";
    if (!isBusy) show(place in parts ? idOf(place) : `at-${place}`);
  }, [isReady, place]);
}

/** Whether the focus is where a page puts it when it appears. */
function isAtBeginning(): boolean {
  return ["H1", "BODY"].includes(document.activeElement?.tagName ?? "BODY");
}

/** Brings a part or a place into sight, and the focus to it. */
function show(id: string): void {
  const found = document.getElementById(id) ?? document.getElementById(withoutField(id));
  if (!found) return;
  for (let at: Element | null = found; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
  found.scrollIntoView();
  const inIt = found.querySelector<HTMLElement>("[tabindex='-1'], textarea, input, select");
  (found.tabIndex >= -1 && found.hasAttribute("tabindex") ? found : inIt)?.focus({
    preventScroll: true,
  });
}

/** The thing of which a place is a field: `at-cycles/{id}` of `at-cycles/{id}/plan`. */
function withoutField(id: string): string {
  return id.split("/").slice(0, 2).join("/");
}

/** The id of the element at a place, so that an address can lead to it. */
export function idAt(place: string): string {
  return `at-${place}`;
}

function idOf(name: string): string {
  return `part-${name}`;
}

function usePartInSight(shown: readonly PartName[]): PartName | undefined {
  const [at, setAt] = useState<PartName>();
  useEffect(() => {
    const seen = new Map<string, boolean>();
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) seen.set(entry.target.id, entry.isIntersecting);
        setAt(shown.find((name) => seen.get(idOf(name))));
      },
      { rootMargin: "-10% 0px -60% 0px" },
    );
    for (const name of shown) {
      const part = document.getElementById(idOf(name));
      if (part) watcher.observe(part);
    }
    return () => watcher.disconnect();
  }, [shown]);
  return at;
}
