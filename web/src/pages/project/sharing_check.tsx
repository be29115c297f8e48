import { useState } from "preact/hooks";
import type { Finding, LearningCore, Sha256, SharingCheck } from "../../core/api";
import { useDesk } from "../../core/desk";
import { type Fault, faultOf } from "../../core/fault";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { FaultNotice } from "../../parts/notice";
import { usePlan } from "./plan";

/** Gives something of the plan to others; `acknowledged` is there once findings were seen. */
type Share = (core: LearningCore, acknowledged: Sha256 | undefined) => Promise<unknown>;

/**
 * Before something of the plan is given to others it is looked through for what may tell who a
 * patient is. Where something probable is found a person is asked first.
 */
export function useSharing() {
  const { core } = useDesk();
  const plan = usePlan();
  const [asked, setAsked] = useState<{ check: SharingCheck; share: Share }>();
  const [fault, setFault] = useState<Fault>();
  const [isBusy, setIsBusy] = useState(false);
  const run = async (share: () => Promise<unknown>) => {
    setIsBusy(true);
    setFault(undefined);
    try {
      await share();
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  const share = (share: Share) =>
    run(async () => {
      await plan.settle();
      const check = await core.checkBeforeSharing(plan.id);
      if (check.probable.length > 0) setAsked({ check, share });
      else await share(core, undefined);
    });
  const goOn = () => {
    if (!asked) return;
    setAsked(undefined);
    void run(() => asked.share(core, asked.check.acknowledgement));
  };
  const dialog = asked && (
    <Findings check={asked.check} onGoOn={goOn} onClose={() => setAsked(undefined)} />
  );
  return { share, isBusy, shown: dialog ?? <FaultNotice fault={fault} /> };
}

interface FindingsProps {
  check: SharingCheck;
  onGoOn(): void;
  onClose(): void;
}

function Findings({ check, onGoOn, onClose }: FindingsProps) {
  return (
    <Dialog title="This may tell who somebody is" onClose={onClose}>
      <ul>
        {check.findings.map((finding) => (
          <li key={keyOf(finding)}>
            “{finding.text}”: {finding.reason}
            {finding.replacement && ` You could write “${finding.replacement}”.`}
          </li>
        ))}
      </ul>
      {check.more > 0 && <p>And {check.more} more.</p>}
      <p>The check cannot find everything. Nothing is sent before you say so.</p>
      <div class="plan-row">
        <Button onClick={onClose}>Go back and change it</Button>
        <Button kind="warning" onClick={onGoOn}>
          I have seen this; go on
        </Button>
      </div>
    </Dialog>
  );
}

function keyOf({ place, kind, start, end }: Finding): string {
  return JSON.stringify([place, kind, start, end]);
}
