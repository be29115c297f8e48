import { useEffect, useRef, useState } from "preact/hooks";
import type { TicketDeed, TicketHandle, TicketRight } from "../core/api";
import { Writing } from "../pages/copy/writing";
import { deeds, ENDORSEMENT } from "../pages/tickets/words";
import { Notice } from "../parts/notice";
import { Tag } from "../parts/tag";
import { Moment } from "../parts/time";

/** What the holder said while this page was open. */
interface SaidHere {
  deed: TicketDeed;
  text: string;
  at: Date;
}

interface TicketAnsweringProps {
  handle: TicketHandle;
  /** Who made the ticket, and alone reads what is said. */
  from: string;
  right: TicketRight;
}

/** Saying something to what a ticket shows, and what was said. */
export function TicketAnswering({ handle, from, right }: TicketAnsweringProps) {
  const [said, setSaid] = useState<readonly SaidHere[]>([]);
  const say = async (deed: "comment" | "endorse", text: string) => {
    const at = await handle[deed](text);
    setSaid((before) => [...before, { deed, text, at }]);
  };
  // A form is made anew once what was in it is sent.
  const sent = (deed: TicketDeed) => `${deed} ${said.filter((one) => one.deed === deed).length}`;
  return (
    <>
      {said.length > 0 && <Said said={said} from={from} />}
      <section aria-labelledby="say">
        <h2 id="say">Say something</h2>
        <p>Only {from} reads it.</p>
        <Writing
          key={sent("comment")}
          label="Your comment"
          place="ticket comment"
          send="Send the comment"
          write={(_, text) => say("comment", text)}
          onEnd={() => {}}
        />
      </section>
      {right === "endorse" && (
        <section aria-labelledby="endorse">
          <h2 id="endorse">Endorse it</h2>
          <p>{ENDORSEMENT}</p>
          <Writing
            key={sent("endorse")}
            label="What you stand behind, and why"
            place="ticket endorsement"
            send="Send the endorsement"
            write={(_, text) => say("endorse", text)}
            onEnd={() => {}}
          />
        </section>
      )}
    </>
  );
}

/** It takes the focus, since the form that had it is another one now. */
function Said({ said, from }: { said: readonly SaidHere[]; from: string }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), [said.length]);
  return (
    <div ref={element} tabIndex={-1}>
      <Notice title="Sent" kind="good">
        <p>{from} has what you said.</p>
        <ul class="desk-list">
          {said.map(({ deed, text, at }) => (
            <li key={at.getTime()}>
              <Tag>{deeds[deed]}</Tag> <Moment at={at} />
              <p class="desk-prose nhsuk-u-margin-bottom-0">{text}</p>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
