import type { ComponentChildren } from "preact";

export type TagColour = "white" | "grey" | "green" | "blue" | "red" | "orange" | "yellow";

/** A word on how something stands. */
export function Tag(props: { children: ComponentChildren; colour?: TagColour }) {
  const colour = props.colour ? ` nhsuk-tag--${props.colour}` : "";
  return <strong class={`nhsuk-tag${colour}`}>{props.children}</strong>;
}
