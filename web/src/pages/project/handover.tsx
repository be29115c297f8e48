import { useState } from "preact/hooks";
import { useAccount } from "../../app/who";
import type { HandoverView, PersonId, ProjectView, Right } from "../../core/api";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { Select } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { usePlan } from "./plan";
import { upperFirst } from "./things";

/** What somebody who gave a plan away can do with it. */
const keeping: Readonly<Record<Right, string>> = {
  read: "read it",
  comment: "read it and comment",
  edit: "edit it",
  own: "own it",
};

/** Who gives a plan away, as they are called in a sentence. */
function giverOf({ from, byOrganisation }: HandoverView): string {
  return byOrganisation ? "The organisation" : from.name;
}

/** Whose the plan is to be: offered, accepted, declined or taken back. */
export function Handover({ view }: { view: ProjectView }) {
  const { may } = usePlan();
  const me = useAccount().person.id;
  const { handover } = view;
  return (
    <>
      {handover && !handover.declined && handover.to.id === me && <Offered handover={handover} />}
      {handover && handover.to.id !== me && <Waiting handover={handover} isOwner={may.own} />}
      {may.own && (!handover || handover.declined) && <Offer view={view} />}
    </>
  );
}

function Offered({ handover }: { handover: HandoverView }) {
  const { id } = usePlan();
  const accept = useAction((core) => core.acceptOwnership(id));
  const decline = useAction((core) => core.declineOwnership(id));
  const busy = accept.busy || decline.busy;
  const { from, keeps } = handover;
  return (
    <div class="nhsuk-inset-text">
      <p>
        {giverOf(handover)} offers you this plan. Once you accept it is yours, and {from.name} can
        still {keeping[keeps]}.
      </p>
      <div class="plan-row">
        <Button busy={busy} onClick={() => void accept.run()}>
          Accept the plan
        </Button>
        <Button kind="secondary" busy={busy} onClick={() => void decline.run()}>
          Decline
        </Button>
      </div>
      <FaultNotice fault={accept.fault ?? decline.fault} />
    </div>
  );
}

function Waiting({ handover, isOwner }: { handover: HandoverView; isOwner: boolean }) {
  const { id } = usePlan();
  const withdraw = useAction((core) => core.withdrawOffer(id));
  const { from, to, keeps, declined, byOrganisation } = handover;
  if (declined) return <p>{to.name} declined to take the plan over.</p>;
  return (
    <div class="nhsuk-inset-text">
      <p>
        {isOwner && !byOrganisation ? "You" : giverOf(handover)} offered the plan to {to.name}. Once
        they accept it is theirs, and {isOwner ? "you" : from.name} can still {keeping[keeps]}.
      </p>
      {isOwner && (
        <Button kind="secondary" busy={withdraw.busy} onClick={() => void withdraw.run()}>
          Take the offer back
        </Button>
      )}
      <FaultNotice fault={withdraw.fault} />
    </div>
  );
}

const choicesOfKeeping = (["read", "comment", "edit"] as const).map((value) => ({
  value,
  text: upperFirst(keeping[value]),
}));

function Offer({ view }: { view: ProjectView }) {
  const plan = usePlan();
  const [to, setTo] = useState("");
  const [keeps, setKeeps] = useState<Right>("edit");
  const offer = useAction(async (core) => {
    await plan.settle();
    await core.offerOwnershipKeeping(plan.id, to as PersonId, keeps);
  });
  const members = view.members.filter(
    ({ standing, right }) => standing === "member" && right !== "own",
  );
  if (members.length === 0) return null;
  const choices = [
    { value: "", text: "Choose a member" },
    ...members.map(({ person }) => ({ value: person.id as string, text: person.name })),
  ];
  const send = (event: Event) => {
    event.preventDefault();
    if (to !== "") void offer.run();
  };
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">Hand the plan over</span>
      </summary>
      <form class="nhsuk-details__text" onSubmit={send}>
        <p>Nothing changes until they accept. Write what they need in “Handover” first.</p>
        <Select label="To whom" value={to} choices={choices} onChange={setTo} />
        <Select<Right>
          label="What you can still do with it then"
          value={keeps}
          choices={choicesOfKeeping}
          onChange={setKeeps}
        />
        <Button submit busy={offer.busy}>
          Offer it
        </Button>
        <FaultNotice fault={offer.fault} />
      </form>
    </details>
  );
}
