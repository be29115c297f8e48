import { useEffect, useState } from "preact/hooks";
import { Button } from "../parts/button";
import { Checkbox } from "../parts/field";
import { Title } from "../parts/title";
import { markUnfinished, useAskBeforeLeaving } from "../parts/unfinished";

/** Shows the recovery key once, to somebody whose first device this is. */
export function RecoveryKey({ words, onKept }: { words: string; onKept(): void }) {
  const [kept, setKept] = useState(false);
  useEffect(markUnfinished, []);
  useAskBeforeLeaving();
  return (
    <>
      <Title text="Write down your recovery key" />
      <p>
        Only this key opens your private reflections on another device. Nobody can give it to you
        again, and on a shared computer it is gone when you sign out.
      </p>
      <p class="nhsuk-inset-text">
        <strong>{words}</strong>
      </p>
      <div class="nhsuk-form-group">
        <Checkbox label="I have written it down" checked={kept} onChange={setKept} />
      </div>
      {kept && <Button onClick={onKept}>Go to the inbox</Button>}
    </>
  );
}
