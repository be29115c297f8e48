import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Button } from "./button";
import { Empty } from "./empty";
import { Apart } from "./of";

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
    return <Empty words={props.empty} />;
  }
  const showMore = () => {
    seen.current = props.items.length;
    props.onMore();
    list.current?.children[seen.current - 1]?.querySelector<HTMLElement>("a, button")?.focus();
  };
  return (
    <>
      <ul class="desk-list" ref={list}>
        <Apart items={props.items} itemKey={props.itemKey} itemName={props.itemName}>
          {(item) => <li>{props.children(item)}</li>}
        </Apart>
      </ul>
      {props.more && (
        <Button kind="secondary" onClick={showMore}>
          Show more
        </Button>
      )}
    </>
  );
}
