/** Where the focus goes when the button that had it is gone with what it was pressed for. */

/** Milliseconds between two looks at whether it is gone, and looks at most. */
const LOOK = 50;
const LOOKS = 100;

/** What a page consists of, of which one is next to another. */
const ITEMS = "li, tr, article, [data-near]";

/** What takes the focus in such a thing. */
const TAKES = "[tabindex='-1'], summary, button, textarea, input, select, a[href]";

/** How many have begun to look: whoever looks gives way to who begins later. */
let begun = 0;

/**
 * Notes what is around what has the focus. What is returned brings the focus to the nearest of it
 * as soon as that is gone: to the rest of what it was in, else to what comes next beside that, else
 * to what was before, and so on outwards. What took the focus may go as well, with what is drawn
 * anew next, and is followed in the same way. Who has gone elsewhere meanwhile stays there.
 */
export function focusNear(focused = document.activeElement): () => void {
  if (!(focused instanceof HTMLElement) || focused === document.body) return () => {};
  const around = [...surroundings(focused)].map(taking);
  const own = ++begun;
  let given: Element = focused;
  const look = (looks: number) => {
    const now = document.activeElement;
    if (own !== begun || !(isNowhere() || now === given)) return;
    if (isNowhere() && !focused.isConnected) given = goOn(around) ?? given;
    if (looks > 0) setTimeout(() => look(looks - 1), LOOK);
  };
  return () => look(LOOKS);
}

/** Brings the focus to the first of these that takes it, else to where the page begins. */
function goOn(around: (() => HTMLElement | null)[]): Element | null {
  const begins = () => document.querySelector<HTMLElement>("h1[tabindex]");
  for (const find of [...around, begins]) {
    find()?.focus();
    if (!isNowhere()) break;
  }
  return document.activeElement;
}

function isNowhere(): boolean {
  const { activeElement: focused } = document;
  return focused === null || focused === document.body;
}

/** What is around an element, from within outwards. */
function* surroundings(of: HTMLElement): Generator<HTMLElement> {
  const next = `${ITEMS}, section`;
  for (let own = of.closest<HTMLElement>(next); own; ) {
    yield own;
    const { parentElement: list } = own;
    if (own.matches(ITEMS) && list) {
      const all = ([...list.children] as HTMLElement[]).filter((one) => one.matches(ITEMS));
      const at = all.indexOf(own);
      yield* all.slice(at + 1);
      yield* all.slice(0, at).reverse();
    }
    own = list?.closest<HTMLElement>(next) ?? null;
  }
}

/** Finds what takes the focus in a thing, also when that was drawn anew under the same id. */
function taking(of: HTMLElement): () => HTMLElement | null {
  const { id } = of;
  return () => {
    const now = of.isConnected ? of : id === "" ? null : document.getElementById(id);
    return now?.hasAttribute("tabindex") ? now : (now?.querySelector<HTMLElement>(TAKES) ?? null);
  };
}
