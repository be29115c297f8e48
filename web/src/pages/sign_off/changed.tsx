import type { ChangedSince, SignOffRequestView } from "../../core/api";
import { counted } from "../../parts/time";
import { type Piece, piecesOf } from "./difference";
import { became } from "./words";

/** What became of what was signed, beside the signature that it does not alter. */
export function Changed({ view, changed }: { view: SignOffRequestView; changed: ChangedSince }) {
  const title = became(changed, view);
  if (title === "") return null;
  return (
    <section class="desk-changed" aria-labelledby="changed">
      <h2 class="nhsuk-heading-s" id="changed">
        {title}
      </h2>
      {changed.type === "changed" ? (
        <Difference changed={changed} />
      ) : (
        <p>What it was about is gone. What was signed of it is below, as it was then.</p>
      )}
    </section>
  );
}

type Difference = Extract<ChangedSince, { type: "changed" }>;

function Difference({ changed }: { changed: Difference }) {
  const pieces = piecesOf(changed.gone.join("\n"), changed.new.join("\n"));
  return (
    <>
      <ul>
        {changed.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="desk-prose">
        {pieces.map((piece, index) => (
          <Shown key={index} piece={piece} />
        ))}
      </p>
      {changed.more > 0 && <p>And {counted(changed.more, "line")} more.</p>}
      {pieces.some(({ kind }) => kind === "kept") && (
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">Both as a whole</span>
          </summary>
          <div class="nhsuk-details__text">
            <Lines changed={changed} />
          </div>
        </details>
      )}
    </>
  );
}

function Shown({ piece: { kind, text } }: { piece: Piece }) {
  if (kind === "kept") return <>{text}</>;
  const isGone = kind === "gone";
  const Mark = isGone ? "del" : "ins";
  return (
    <Mark>
      <span class="nhsuk-u-visually-hidden">{isGone ? "No longer there: " : "New: "}</span>
      {text}
    </Mark>
  );
}

/** Each line that is gone, and each that is new. */
function Lines({ changed }: { changed: Difference }) {
  const written = (line: string) => line.trim() !== "";
  return (
    <>
      {changed.gone.filter(written).map((line) => (
        <p key={line} class="desk-prose">
          <del>
            <span class="nhsuk-u-visually-hidden">No longer there: </span>
            {line}
          </del>
        </p>
      ))}
      {changed.new.filter(written).map((line) => (
        <p key={line} class="desk-prose">
          <ins>
            <span class="nhsuk-u-visually-hidden">New: </span>
            {line}
          </ins>
        </p>
      ))}
    </>
  );
}
