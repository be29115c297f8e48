import { useState } from "preact/hooks";
import type { LearningCore, SharingCheck } from "../core/api";
import { useDesk } from "../core/desk";
import { useAction } from "../core/use_action";
import { Button } from "../parts/button";
import { FaultNotice } from "../parts/notice";
import { Findings } from "./findings";
import { isAsked } from "./findings_words";

interface LeavingProps {
  /** What is done once everything was looked at: "Share with Dr Lee". */
  send: string;
  labels?: ReadonlyMap<string, string>;
  /** Makes what is being typed part of it. */
  settle?(): Promise<void>;
  /** Looks through what would leave. */
  check(core: LearningCore): Promise<SharingCheck>;
  /** Lets it leave, with what was found in it. */
  give(core: LearningCore, found: SharingCheck): Promise<unknown>;
  onDone(): void;
}

const noLabels: ReadonlyMap<string, string> = new Map();

/**
 * Two steps by which something leaves for another reader: what may tell who somebody is is shown,
 * and what is probable has to be acknowledged. What is changed in between is looked through again.
 */
export function Leaving(props: LeavingProps) {
  const { send, labels = noLabels, settle, check, give, onDone } = props;
  const [found, setFound] = useState<SharingCheck>();
  const [seen, setSeen] = useState(false);
  const { sync } = useDesk();
  const look = useAction(async (core) => {
    setSeen(false);
    await settle?.();
    setFound(await check(core));
  });
  const leave = useAction(async (core, found: SharingCheck) => {
    await give(core, found);
  });
  const confirm = async (found: SharingCheck) => {
    if (!(await leave.run(found))) return;
    onDone();
    // It is safe here whatever becomes of this; what fails is tried again by itself.
    sync().catch(() => {});
  };
  return (
    <>
      <FaultNotice fault={look.fault ?? leave.fault} />
      {found && <Findings check={found} labels={labels} seen={seen} onSeen={setSeen} />}
      <div class="desk-row">
        {found && (!isAsked(found) || seen) ? (
          <Button busy={leave.busy} onClick={() => void confirm(found)}>
            {send}
          </Button>
        ) : (
          <Button kind="secondary" busy={look.busy} onClick={() => void look.run()}>
            {found ? "Look through it again" : "Look through it first"}
          </Button>
        )}
      </div>
    </>
  );
}
