import { useState } from "preact/hooks";
import type { InvitationView } from "../core/api";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Button } from "../parts/button";
import { Checkbox } from "../parts/field";
import { FaultNotice } from "../parts/notice";
import { Of, OfContext, quoted, unlike } from "../parts/of";
import { Moment } from "../parts/time";
import { Title } from "../parts/title";
import { rights } from "../parts/words";
import { AcceptOrDecline } from "./accept_or_decline";

/** Invitations to plans: to be answered, accepted and on their way, declined for good. */
export default function InvitationsPage() {
  const topics = ["documents", "members", "people", "status"] as const;
  const invitations = useCore((core) => core.invitations(), topics);
  return (
    <>
      <Title text="Invitations" />
      <Answer asked={invitations}>
        {(list) =>
          list.length === 0 ? (
            <p>Nobody has invited you to a plan that you have not answered.</p>
          ) : (
            <ul class="desk-list">
              {list.map((invitation, at) => (
                <li key={invitation.project}>
                  <OfContext.Provider value={called(list)[at] ?? ""}>
                    <Invitation invitation={invitation} />
                  </OfContext.Provider>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </>
  );
}

/** The plans to which somebody is invited, each called as no other is, where there are several. */
function called(list: readonly InvitationView[]): readonly string[] {
  if (list.length < 2) return [];
  return unlike(list.map(({ title }) => `invitation to ${quoted(title || "Without a title")}`));
}

function Invitation({ invitation }: { invitation: InvitationView }) {
  const { title, inviter, right, expiresAt, standing } = invitation;
  return (
    <>
      <h2 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">{title || "Without a title"}</h2>
      <p>
        {inviter?.name ?? "Somebody"} invites you to {rights[right]}, until{" "}
        <Moment at={expiresAt} dayOnly />.
      </p>
      {standing === "waiting" && <Waiting invitation={invitation} />}
      {standing === "accepted" && <p role="status">Accepted. The plan comes with the next sync.</p>}
      {standing === "declinedForGood" && <Declined invitation={invitation} />}
    </>
  );
}

function Waiting({ invitation: { project, title, inviter } }: { invitation: InvitationView }) {
  const [forGood, setForGood] = useState(false);
  return (
    <>
      <div class="nhsuk-form-group">
        <Checkbox
          label={`If I decline, take nothing more from ${inviter?.name ?? "this person"}`}
          checked={forGood}
          onChange={setForGood}
        />
      </div>
      <AcceptOrDecline project={project} title={title} forGood={forGood} />
    </>
  );
}

function Declined({ invitation: { project, inviter } }: { invitation: InvitationView }) {
  const welcome = useAction((core) => core.welcomeSender(project));
  return (
    <>
      <p>Declined for good: nothing more comes from {inviter?.name ?? "this person"}.</p>
      <Button kind="secondary" busy={welcome.busy} onClick={() => void welcome.run()}>
        Let them send to me again
        <Of />
      </Button>
      <FaultNotice fault={welcome.fault} />
    </>
  );
}
