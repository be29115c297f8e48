import { useState } from "preact/hooks";
import type { TicketAnswer, TicketView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { HandedLink } from "../../parts/handed_link";
import { FaultNotice } from "../../parts/notice";
import { useOf } from "../../parts/of";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { Row } from "../row";
import { canEnd, deeds, ENDORSEMENT, rights, standings, WHO_HAS_IT } from "./words";

/** A ticket as its owner sees it: who used it, what they said, and ending it. */
export function Ticket({ ticket }: { ticket: TicketView }) {
  const { purpose, right, standing, visits, answers, endedAt } = ticket;
  const { text, colour } = standings[standing];
  return (
    <article aria-label={`Ticket: ${purpose}`}>
      <h3 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">{purpose}</h3>
      <p>
        <Tag colour={colour}>{text}</Tag> {ticket.title || "Without a title"}, made{" "}
        <Moment at={ticket.madeAt} />
      </p>
      <dl class="nhsuk-summary-list">
        <Row name="Its holder may">{rights[right]}</Row>
        <Row name={endedAt ? "Ended" : "Until"}>
          <Moment at={endedAt ?? ticket.expiresAt} />
        </Row>
        <Row name="Openings">
          {ticket.uses - ticket.usesLeft} of {ticket.uses}
        </Row>
        <Row name="Who opened it">
          {visits.length === 0 && "Nobody yet"}
          {visits.length > 0 && (
            <ul class="nhsuk-u-margin-bottom-0">
              {visits.map(({ id, name, at }) => (
                <li key={id}>
                  {name}, <Moment at={at} />
                </li>
              ))}
            </ul>
          )}
        </Row>
      </dl>
      {visits.length > 0 && <p class="nhsuk-hint">Names are as they were given. Nobody checked.</p>}
      {answers.length > 0 && <Answers answers={answers} />}
      {standing === "open" && <HandedLink link={ticket.link} hint={WHO_HAS_IT} />}
      {canEnd(standing) && <End ticket={ticket} />}
    </article>
  );
}

function Answers({ answers }: { answers: readonly TicketAnswer[] }) {
  return (
    <>
      <h4 class="nhsuk-heading-xs">What they said</h4>
      <ul class="desk-answers">
        {answers.map(({ id, deed, name, text, at }) => (
          <li key={id}>
            <p class="nhsuk-u-margin-bottom-1">
              <strong>{name}</strong> <Tag>{deeds[deed]}</Tag>{" "}
              <span class="desk-quiet">
                <Moment at={at} />
              </span>
            </p>
            <p class="desk-prose">{text}</p>
          </li>
        ))}
      </ul>
      {answers.some(({ deed }) => deed === "endorse") && <p class="nhsuk-hint">{ENDORSEMENT}</p>}
    </>
  );
}

function End({ ticket: { id, purpose } }: { ticket: TicketView }) {
  const [isAsked, setIsAsked] = useState(false);
  const end = useAction((core) => core.endTicket(id));
  const confirm = async () => {
    if (await end.run()) setIsAsked(false);
  };
  return (
    <>
      <Button
        kind="secondary"
        label={`End this ticket: ${purpose}${useOf()}`}
        onClick={() => setIsAsked(true)}
      >
        End this ticket
      </Button>
      {isAsked && (
        <Dialog title="End this ticket?" onClose={() => setIsAsked(false)}>
          <p>
            Its link opens nothing more, and what it shows is destroyed on the server. What was said
            until now stays with you.
          </p>
          <FaultNotice fault={end.fault} />
          <div class="desk-row">
            <Button kind="warning" busy={end.busy} onClick={() => void confirm()}>
              End it
            </Button>
            <Button kind="secondary" onClick={() => setIsAsked(false)}>
              Leave it
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
