import { useEffect, useState } from "preact/hooks";
import type { DocumentId, SharingCheck } from "../core/api";
import { useDesk } from "../core/desk";
import type { Fault } from "../core/fault";
import { useAction } from "../core/use_action";
import { Button } from "../parts/button";
import { FaultNotice } from "../parts/notice";
import { Findings } from "./findings";

interface SeenFirstProps {
  /** Why words were not said. */
  fault: Fault | undefined;
  about: DocumentId;
  /** What was to be said. */
  words: readonly string[];
  /** Says it again. */
  again(): void;
}

const noLabels: ReadonlyMap<string, string> = new Map();

/**
 * What went wrong with words that others are to read. Where it was that something in them may tell
 * who somebody is, what was found is shown, and once it was seen the same words can be said.
 */
export function SeenFirst({ fault, about, words, again }: SeenFirstProps) {
  const { core } = useDesk();
  const [check, setCheck] = useState<SharingCheck>();
  const [seen, setSeen] = useState(false);
  const isAsked = fault?.code === "unacknowledged";
  const said = JSON.stringify(words);
  useEffect(() => {
    setCheck(undefined);
    setSeen(false);
    if (!isAsked) return;
    let isLeft = false;
    const look = core.checkBeforeSaying(about, JSON.parse(said));
    look.then(
      (found) => !isLeft && setCheck(found),
      () => {},
    );
    return () => {
      isLeft = true;
    };
  }, [core, about, said, isAsked]);
  const go = useAction(async (core, { acknowledgement }: SharingCheck) => {
    await core.acknowledge(acknowledgement);
    again();
  });
  if (!(isAsked && check)) return <FaultNotice fault={fault} />;
  return (
    <>
      <FaultNotice fault={go.fault ?? fault} />
      <Findings check={check} labels={noLabels} seen={seen} onSeen={setSeen} />
      {seen && (
        <Button kind="secondary" busy={go.busy} onClick={() => void go.run(check)}>
          Say it as it is
        </Button>
      )}
    </>
  );
}
