import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Button } from "./button";
import { apart, OfContext } from "./of";

interface PortionProps<T> {
  items: readonly T[];
  more: boolean;
  itemKey(item: T): string;
  /** What it is called. One of the same name says which it is: see `Of`. */
  itemName(item: T): string;
  children: (item: T) => ComponentChildren;
  onMore(): void;
  /** What is said in the place of an empty list. */
  empty: string;
}

/** A part of a list, and a button for more of it. Focus goes on to the first of what came. */
export function Portion<T>(props: PortionProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const seen = useRef(0);
  if (props.items.length === 0) {
    return <p>{props.empty}</p>;
  }
  const told = apart(props.items.map(props.itemName));
  const showMore = () => {
    seen.current = props.items.length;
    props.onMore();
    list.current?.children[seen.current - 1]?.querySelector<HTMLElement>("a, button")?.focus();
  };
  return (
    <>
      <ul class="desk-list" ref={list}>
        {props.items.map((item, at) => (
          <li key={props.itemKey(item)}>
            <OfContext.Provider value={told[at] ?? ""}>{props.children(item)}</OfContext.Provider>
          </li>
        ))}
      </ul>
      {props.more && (
        <Button kind="secondary" onClick={showMore}>
          Show more
        </Button>
      )}
    </>
  );
}
