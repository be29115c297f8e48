import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Person, TextField } from "../../core/api";
import { usePlan } from "./plan";
import { nameOf } from "./remark";
import { useCalm } from "./use_calm";

/** Who wrote each field last, by its path; undefined while nobody wants to know. */
export const AuthorsContext = createContext<ReadonlyMap<string, Person | null> | undefined>(
  undefined,
);

/** Who set a field last, where that is shown. */
export function LastBy({ place }: { place: string }) {
  const authors = useContext(AuthorsContext);
  if (!authors?.has(place)) return null;
  return <p class="plan-quiet">Last set by {nameOf(authors.get(place))}.</p>;
}

/** Who wrote which words of a text, where that is shown. */
export function WrittenBy({ field, text }: { field: TextField; text: string }) {
  const isShown = useContext(AuthorsContext) !== undefined;
  return isShown && text !== "" ? <Written field={field} text={text} /> : null;
}

function Written({ field, text }: { field: TextField; text: string }) {
  const { id } = usePlan();
  const { value: written = [] } = useCalm((core) => core.textAuthors(id, field), [], [id, text]);
  const names = [...new Set(written.map(({ by }) => nameOf(by)))];
  return (
    <div class="plan-authors">
      <p class="plan-quiet">Who wrote what:</p>
      <p class="plan-words">
        {written.map(({ by, text: words }, index) => (
          <span key={index} class={`plan-author plan-author--${names.indexOf(nameOf(by)) % 5}`}>
            {words}
            <span class="plan-author__name"> [{nameOf(by)}]</span>
          </span>
        ))}
      </p>
    </div>
  );
}
