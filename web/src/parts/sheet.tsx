import "./sheet.scss";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Element, elementsNamed, type Part, readMarkup } from "./markup";

/** What a page of the core consists of. Anything else in it is left out with all it holds. */
const SVG = new Set(["svg", "title", "desc", "rect", "line", "path", "circle", "text", "g"]);
const HTML = new Set(
  (
    "body main header footer section div p span h1 h2 ul ol li em strong code figure " +
    "figcaption details summary table caption thead tbody tr th td"
  ).split(" "),
);
const ATTRIBUTES = new Set(
  (
    "aria-labelledby class cx cy d height id lang r role scope value viewBox width x x1 x2 y y1 " +
    "y2"
  ).split(" "),
);
const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * A page that the core made, as it is printed. It is put together element by element, and its style
 * holds for nothing but itself: no markup is handed to the browser, and nothing in it runs.
 */
export function Sheet({ page, label }: { page: string; label: string }) {
  const host = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const parts = readMarkup(page);
    root.adoptedStyleSheets = stylesIn(parts);
    root.replaceChildren(...elementsNamed("body", parts).map((body) => drawn(body, false)));
  }, [page]);
  return <article ref={host} class="desk-sheet desk-paper" aria-label={label} />;
}

function stylesIn(parts: readonly Part[]): CSSStyleSheet[] {
  const texts = elementsNamed("style", parts).map((style) => style.parts.join(""));
  return [...new Set(texts)].map((text) => {
    const sheet = new CSSStyleSheet();
    // The main part of the window is the desk's own: see `drawn`.
    sheet.replaceSync(text.replaceAll(/^(\s*)main \{/gm, "$1.main {"));
    return sheet;
  });
}

function drawn({ name, attributes, parts }: Element, isWithinPicture: boolean): Node {
  const isPicture = isWithinPicture || name === "svg";
  const made = isPicture
    ? document.createElementNS(SVG_NAMESPACE, name)
    : document.createElement(name === "main" ? "div" : name);
  for (const [attribute, value] of attributes) {
    if (ATTRIBUTES.has(attribute)) made.setAttribute(attribute, value);
  }
  if (name === "main") made.setAttribute("class", "main");
  const known = isPicture ? SVG : HTML;
  for (const part of parts) {
    if (typeof part === "string") made.append(part);
    else if (known.has(part.name) || part.name === "svg") {
      made.append(drawn(part, isPicture));
    }
  }
  return made;
}
