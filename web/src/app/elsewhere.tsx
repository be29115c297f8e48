import { Button } from "../parts/button";
import { Title } from "../parts/title";
import type { Brought } from "./fragment";
import { Frame } from "./frame";

interface ElsewhereProps {
  /** The link with which somebody came here. */
  link: Brought;
  onAgain(): void;
}

/** What a second tab shows: two at once cannot write in the same place. */
export function Elsewhere({ link, onAgain }: ElsewhereProps) {
  return (
    <Frame>
      <Title text="The desk is open in another tab" />
      <p>
        Only one tab of this browser can hold your work at a time. Go to the other tab; when it is
        closed, the desk opens here. A tab with words that are nowhere else keeps the desk.
      </p>
      {link.type === "invitation" && (
        <p>
          The link that you followed is an invitation. It was not used, since somebody is signed in
          here already: open the desk here to see who, and to sign out and use it.
        </p>
      )}
      <Button onClick={onAgain}>Open it here</Button>
    </Frame>
  );
}
