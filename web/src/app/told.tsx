import { Button } from "../parts/button";
import { Notice } from "../parts/notice";

interface ToldProps {
  words: string;
  onRead(): void;
}

/** Something that happened around the desk, said until it was read. */
export function Told({ words, onRead }: ToldProps) {
  return (
    <div class="nhsuk-width-container">
      <Notice title="Important">
        <p>{words}</p>
        <Button kind="secondary" onClick={onRead}>
          I have read this
        </Button>
      </Notice>
    </div>
  );
}
