import { Button } from "../parts/button";
import { Title } from "../parts/title";
import { Frame } from "./frame";

/** What a second tab shows: two at once cannot write in the same place. */
export function Elsewhere({ onAgain }: { onAgain(): void }) {
  return (
    <Frame>
      <Title text="The desk is open in another tab" />
      <p>
        Only one tab of this browser can hold your work at a time. Go to the other tab; when it is
        closed, the desk opens here. A tab with words that are nowhere else keeps the desk.
      </p>
      <Button onClick={onAgain}>Open it here</Button>
    </Frame>
  );
}
