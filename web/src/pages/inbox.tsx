import { useState } from "preact/hooks";
import type { InboxView } from "../core/api";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Button } from "../parts/button";
import { FaultNotice } from "../parts/notice";
import { Of, useOf } from "../parts/of";
import { Portion } from "../parts/portion";
import { Tag } from "../parts/tag";
import { counted, Moment } from "../parts/time";
import { Title } from "../parts/title";
import { AcceptOrDecline } from "./accept_or_decline";
import { type Cut, cutOff, kinds, mayBeMore, namesOf, whereOf } from "./inbox_kinds";

const step = 30;

/** What waits for this person, newest first, each one step from the thing itself. */
export default function InboxPage() {
  const [limit, setLimit] = useState(step);
  const topics = ["documents", "status", "people", "members"] as const;
  const inbox = useCore((core) => core.inbox(null, limit), topics, [limit]);
  return (
    <>
      <Title text="Inbox" />
      <Answer asked={inbox}>
        {({ items, more, counts }) => (
          <>
            <div role="status">
              {counts.total > 0 && (
                <p>
                  {mayBeMore(counts) && "At least "}
                  {counted(counts.total, "thing waits", "things wait")}:{" "}
                  {counts.byKind.map(({ kind, count }) => `${kinds[kind]} (${count})`).join(", ")}.
                </p>
              )}
            </div>
            <Portion
              items={items}
              more={more}
              itemKey={(item) => item.id}
              itemName={(item) => `${namesOf(item).first}, ${kinds[item.kind]}`}
              onMore={() => setLimit(limit + step)}
              empty="Nothing waits for you."
            >
              {(item) => <Waiting item={item} />}
            </Portion>
            {cutOff(items).map((cut) => (
              <More key={cut.where} cut={cut} />
            ))}
          </>
        )}
      </Answer>
    </>
  );
}

/** That a plan may have more of a kind, and the way to them. */
function More({ cut: { kind, title, where } }: { cut: Cut }) {
  return (
    <p>
      There may be more in “{title}” than the inbox shows.{" "}
      <a href={where}>
        See them all in the plan
        <span class="nhsuk-u-visually-hidden">
          {" "}
          “{title}”: {kinds[kind]}
        </span>
      </a>
    </p>
  );
}

function Waiting({ item }: { item: InboxView }) {
  const seen = useAction((core) => core.markInboxSeen(item.id));
  const { first, within } = namesOf(item);
  const of = useOf();
  const people = item.people.map(({ name }) => name).join(", ");
  return (
    <>
      <h2 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">
        <a href={whereOf(item)}>
          {first}
          <span class="nhsuk-u-visually-hidden">, {kinds[item.kind]}</span>
          <Of />
        </a>
      </h2>
      <p class="nhsuk-u-margin-bottom-1">
        <Tag colour={item.leaves === "whenDone" ? "blue" : "grey"}>{kinds[item.kind]}</Tag>{" "}
        {within && `${within}, `}
        {people && `${people}, `}
        <Moment at={item.since} />
      </p>
      {item.words && !within && <p class="nhsuk-u-margin-bottom-1">“{item.words}”</p>}
      <p class="nhsuk-hint nhsuk-u-margin-bottom-1">{item.how}</p>
      {item.kind === "projectInvited" && (
        <AcceptOrDecline project={item.document} title={item.title} forGood={false} />
      )}
      {item.leaves === "whenSeen" && (
        <Button
          kind="secondary"
          busy={seen.busy}
          label={`I have seen this: ${first}, ${kinds[item.kind]}${of}`}
          onClick={() => void seen.run()}
        >
          I have seen this
        </Button>
      )}
      <FaultNotice fault={seen.fault} />
    </>
  );
}
