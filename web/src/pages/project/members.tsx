import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import { useAccount } from "../../app/who";
import type { Member, Person, PersonId, ProjectView, Right } from "../../core/api";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { Select, TextField } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { ToTickets } from "../tickets/to";
import { Handover } from "./handover";
import { Part } from "./part";
import { usePeople, usePlan } from "./plan";
import { Small } from "./remark";
import { useSharing } from "./sharing_check";
import * as words from "./words";

const standings = {
  invited: "Invited",
  member: "Takes part",
  declined: "Declined",
  left: "Left",
} as const;

const rights = (["read", "comment", "edit"] as const).map((value) => ({
  value,
  text: words.right[value],
}));

/** Who takes part in the plan and with which right, and how it is handed over. */
export function Members({ view }: { view: ProjectView }) {
  const { may } = usePlan();
  return (
    <Part name="members">
      <ul class="desk-list">
        {view.members.map((member) => (
          <li key={member.person.id}>
            <Taking member={member} />
          </li>
        ))}
      </ul>
      {may.own && <Invite members={view.members} />}
      {may.own && <ToTickets of="projects" id={view.id} />}
      <Handover view={view} />
      {!may.own && <Leave />}
    </Part>
  );
}

function Taking({ member: { person, right, standing, expiresAt, confirmed } }: { member: Member }) {
  const plan = usePlan();
  const me = useAccount().person.id;
  const change = useAction((core, to: Right) => core.addMember(plan.id, person.id, to));
  const remove = useAction((core) => core.removeMember(plan.id, person.id));
  const canChange = plan.may.own && right !== "own" && person.id !== me;
  const isIn = standing === "member" || standing === "invited";
  return (
    <>
      <p class="nhsuk-u-margin-bottom-1">
        <strong>{person.name}</strong>
        {person.id === me && " (you)"} <Tag>{words.right[right]}</Tag>{" "}
        {standing !== "member" && <Tag colour="grey">{standings[standing]}</Tag>}
        {expiresAt && (
          <span class="plan-quiet">
            {" "}
            can accept until <Moment at={expiresAt} dayOnly />
          </span>
        )}
        {!confirmed && <span class="plan-quiet"> not sent yet</span>}
      </p>
      {canChange && isIn && (
        <div class="plan-row">
          <Select<Right>
            label={`What ${person.name} may do`}
            value={right}
            choices={rights}
            onChange={(to) => void change.run(to)}
          />
          <Small label={`Take ${person.name} out of the plan`} onClick={() => void remove.run()}>
            {standing === "invited" ? "Take the invitation back" : "Take out of the plan"}
          </Small>
        </div>
      )}
      <FaultNotice fault={change.fault ?? remove.fault} />
    </>
  );
}

/** Invites somebody, of those known here or by the id of their account. */
function Invite({ members }: { members: readonly Member[] }) {
  const plan = usePlan();
  const people = usePeople();
  const [person, setPerson] = useState("");
  const [right, setRight] = useState<Right>("comment");
  const sharing = useSharing();
  const taking = new Set(
    members.filter(({ standing }) => standing === "member").map((member) => member.person.id),
  );
  const others = people.filter(({ id }) => !taking.has(id));
  const choices = [
    { value: "", text: "Choose somebody" },
    ...others.map((other) => ({ value: other.id as string, text: nameAndRole(other) })),
  ];
  const invite = (event: Event) => {
    event.preventDefault();
    if (person === "") return;
    void sharing.share(async (core, acknowledged) => {
      const to = person as PersonId;
      if (acknowledged) await core.addMemberAcknowledged(plan.id, to, right, acknowledged);
      else await core.addMember(plan.id, to, right);
      setPerson("");
    });
  };
  return (
    <form onSubmit={invite}>
      <h3 class="nhsuk-heading-s">Invite somebody</h3>
      <Select label="Whom" value={person} choices={choices} onChange={setPerson} />
      <Select<Right> label="What they may do" value={right} choices={rights} onChange={setRight} />
      <Button submit busy={sharing.isBusy}>
        Invite
      </Button>
      {sharing.shown}
      <FindPerson />
    </form>
  );
}

/** Asks the server for somebody whom this device has not heard of. */
function FindPerson() {
  const [id, setId] = useState("");
  const find = useAction((core) => core.addPerson(id.trim() as PersonId));
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">Somebody who is not in the list</span>
      </summary>
      <div class="nhsuk-details__text">
        <TextField
          label="The id of their account"
          hint="They see it on their own device."
          value={id}
          onInput={setId}
        />
        <Button kind="secondary" busy={find.busy} onClick={() => void find.run()}>
          Find them
        </Button>
        <FaultNotice fault={find.fault} />
      </div>
    </details>
  );
}

function nameAndRole({ name, roles }: Person): string {
  const [first] = roles;
  return first ? `${name}, ${first.role}` : name;
}

function Leave() {
  const plan = usePlan();
  const leave = useAction(async (core) => {
    await plan.settle();
    await core.leaveProject(plan.id);
    location.hash = link("/projects");
  });
  return (
    <Opening button={(open) => <Small onClick={open}>Leave this plan</Small>}>
      {(close) => (
        <div class="nhsuk-inset-text">
          <p>The plan goes from your devices. Nobody else loses anything.</p>
          <div class="plan-row">
            <Button kind="warning" busy={leave.busy} onClick={() => void leave.run()}>
              Leave it
            </Button>
            <Small onClick={close}>Stay</Small>
          </div>
          <FaultNotice fault={leave.fault} />
        </div>
      )}
    </Opening>
  );
}
