import { applied, differences } from "../../typing/patch";

/** A piece of two texts: what both have, what only the one before had, or only the one after has. */
export interface Piece {
  readonly kind: "kept" | "gone" | "new";
  readonly text: string;
}

/** Letters around what changed that are shown at most, so that one sees where it is. */
const AROUND = 60;

/** What changed from one text to another, with a little of what is around it. */
export function piecesOf(before: string, after: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (kind: Piece["kind"], text: string) => text && pieces.push({ kind, text });
  let [text, shown] = [before, 0];
  for (const patch of differences(before, after)) {
    add("kept", text.slice(shown, patch.at));
    add("gone", patch.removed);
    add("new", patch.inserted);
    text = applied(text, patch);
    shown = patch.at + patch.inserted.length;
  }
  add("kept", text.slice(shown));
  const last = pieces.length - 1;
  return pieces.map((piece, index) =>
    piece.kind === "kept" ? shortened(piece, index === 0, index === last) : piece,
  );
}

/** Leaves out what is far from any change. */
function shortened({ kind, text }: Piece, isFirst: boolean, isLast: boolean): Piece {
  const letters = [...text];
  const most = AROUND * (isFirst || isLast ? 1 : 2);
  if (letters.length <= most) return { kind, text };
  const begin = isFirst ? "" : letters.slice(0, AROUND).join("");
  const end = isLast ? "" : letters.slice(-AROUND).join("");
  return { kind, text: `${begin} … ${end}` };
}
