/**
 * Reads pages that the core wrote, as plain parts. A browser's own reader would take them for
 * markup from anywhere, which the policy of the desk lets nobody put into a page.
 */

/** A text, or an element. */
export type Part = string | Element;

/** An element as it was written. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parts: readonly Part[];
}

/** An element that is still open. */
interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parts: Part[];
}

/** What is outside of all elements: a comment, or what kind of document it is. */
const ASIDE = "<!--[^]*?-->|<![^>]*>";
const TAG = '<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z0-9:-]+="[^"]*")*)\\s*(/?)>';
const TOKENS = new RegExp(`${ASIDE}|${TAG}|[^<]+|<`, "g");

/** Elements that have no end. */
const EMPTY = new Set(["meta", "br", "hr", "link"]);

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** The parts of a text of markup. An end without a beginning is left out. */
export function readMarkup(markup: string): readonly Part[] {
  const root: Open = { name: "", attributes: new Map(), parts: [] };
  const open = [root];
  for (const [token, end, name, attributes, isWhole] of markup.matchAll(TOKENS)) {
    const within = open.at(-1) ?? root;
    if (name === undefined) {
      if (!token.startsWith("<!")) within.parts.push(textIn(within, token));
    } else if (end) {
      close(open, name);
    } else {
      const element: Open = { name, attributes: attributesIn(attributes ?? ""), parts: [] };
      within.parts.push(element);
      if (!isWhole && !EMPTY.has(name)) open.push(element);
    }
  }
  return root.parts;
}

/** Every element of a name, in whatever it stands. */
export function elementsNamed(name: string, parts: readonly Part[]): readonly Element[] {
  return parts.flatMap((part) => {
    if (typeof part === "string") return [];
    const within = elementsNamed(name, part.parts);
    return part.name === name ? [part, ...within] : within;
  });
}

/** Ends the innermost element of a name, with all that is open in it. */
function close(open: Open[], name: string): void {
  const at = open.findLastIndex((one) => one.name === name);
  if (at > 0) open.length = at;
}

function textIn({ name }: Open, text: string): string {
  return name === "style" ? text : unescaped(text);
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/([a-zA-Z0-9:-]+)="([^"]*)"/g);
  return new Map([...found].map(([, name = "", value = ""]) => [name, unescaped(value)]));
}

function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
