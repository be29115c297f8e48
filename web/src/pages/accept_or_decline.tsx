import type { DocumentId } from "../core/api";
import { useAction } from "../core/use_action";
import { Button } from "../parts/button";
import { FaultNotice } from "../parts/notice";
import { useOf } from "../parts/of";

interface Props {
  project: DocumentId;
  title: string;
  /** Whether declining takes nothing more from who invited. */
  forGood: boolean;
}

/** Accepts an invitation to a plan, or declines it. */
export function AcceptOrDecline({ project, title, forGood }: Props) {
  const accept = useAction((core) => core.acceptInvitation(project));
  const decline = useAction((core) => core.declineInvitation(project, forGood));
  const of = useOf();
  const busy = accept.busy || decline.busy;
  return (
    <>
      <div class="desk-row">
        <Button busy={busy} label={`Accept ${title}${of}`} onClick={() => void accept.run()}>
          Accept
        </Button>
        <Button
          kind="secondary"
          busy={busy}
          label={`Decline ${title}${of}`}
          onClick={() => void decline.run()}
        >
          Decline
        </Button>
      </div>
      <FaultNotice fault={accept.fault ?? decline.fault} />
    </>
  );
}
