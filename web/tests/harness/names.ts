// What things to press and to write in are called on a page.

import type { Page } from "playwright-core";

/** Names that more than one thing on the page has, so that who hears them cannot tell them apart. */
export async function sameNames(page: Page): Promise<string[]> {
  return page.evaluate(collect);
}

/** Runs in the page: the names of all that is there, also in what is not opened yet. */
function collect(): string[] {
  const textOf = (node: Node): string => {
    if (node instanceof Element && node.getAttribute("aria-hidden") === "true") return "";
    if (node instanceof HTMLImageElement) return node.alt;
    if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? "";
    return [...node.childNodes].map(textOf).join("");
  };
  const nameOf = (one: HTMLElement): string => {
    const named = one.getAttribute("aria-label");
    if (named) return named;
    if (!("labels" in one) || one instanceof HTMLButtonElement) return textOf(one);
    const label = [...((one.labels ?? []) as NodeListOf<HTMLElement>)].map(textOf).join(" ");
    // Who comes to a choice hears first what it is one of.
    const legend = one.closest("fieldset")?.querySelector("legend");
    return legend ? `${textOf(legend)}: ${label}` : label;
  };
  const within = document.querySelector("dialog[open]") ?? document.body;
  const all = within.querySelectorAll<HTMLElement>(
    "a[href], button, input, select, textarea, summary",
  );
  const seen = new Map<string, Set<string>>();
  const doubles = new Set<string>();
  for (const [at, one] of [...all].entries()) {
    if (one.closest("[hidden], [inert]")) continue;
    const name = nameOf(one).replaceAll(/\s+/g, " ").trim();
    const kind = one.matches("button, summary") ? "button" : one.matches("a") ? "link" : "field";
    const key = name === "" ? `${kind} without a name` : `${kind} “${name}”`;
    // Links of one name that lead to one place are the same.
    const what = one instanceof HTMLAnchorElement ? one.href : String(at);
    const others = seen.get(key) ?? new Set();
    if ((others.size > 0 && !others.has(what)) || name === "") doubles.add(key);
    seen.set(key, others.add(what));
  }
  return [...doubles];
}
