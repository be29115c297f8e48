import type { OpenedTicket, TicketHandle } from "../core/api";
import { TextInWords } from "../pages/project/text_in_words";
import { Row } from "../pages/row";
import { rights } from "../pages/tickets/words";
import { Button } from "../parts/button";
import { Opening } from "../parts/opening";
import { Moment } from "../parts/time";
import { Title } from "../parts/title";
import { unfinishedTexts } from "../parts/unfinished";
import { TicketAnswering } from "./ticket_answering";

interface TicketShownProps {
  handle: TicketHandle;
  opened: OpenedTicket;
  onClose(): void;
}

/** What a ticket shows, and saying something to it. */
export function TicketShown({ handle, opened, onClose }: TicketShownProps) {
  const { snapshot, right, expiresAt } = opened;
  return (
    <>
      {/* A browser keeps what windows were called: the text's own title stays out of that. */}
      <Title text={snapshot.title || "Without a title"} windowName="Ticket" />
      <dl class="nhsuk-summary-list">
        <Row name="From">{snapshot.from}</Row>
        <Row name="What they ask you">
          <span class="desk-prose">{snapshot.purpose}</span>
        </Row>
        <Row name="What you may do">
          You may {rights[right]}, until <Moment at={expiresAt} />.
        </Row>
        <Row name="What you see">
          The text as it stood on <Moment at={snapshot.at} />, without its history.
        </Row>
      </dl>
      <Text opened={opened} />
      {right !== "read" && <TicketAnswering handle={handle} from={snapshot.from} right={right} />}
      <CloseIt onClose={onClose} />
    </>
  );
}

function Text({ opened: { snapshot } }: { opened: OpenedTicket }) {
  if (snapshot.parts.length === 0) {
    return <p class="nhsuk-hint">Nothing is written in it.</p>;
  }
  if (snapshot.kind === "changeProject") {
    return (
      <section aria-labelledby="text">
        <h2 id="text">The text</h2>
        <TextInWords parts={snapshot.parts} />
      </section>
    );
  }
  return (
    <section aria-label="The text">
      {snapshot.parts.map(({ heading, text }, index) => (
        // The text does not change while it is shown, and headings may be the same.
        <div key={index}>
          {heading && <h2>{heading}</h2>}
          <p class="desk-prose">{text}</p>
        </div>
      ))}
    </section>
  );
}

function CloseIt({ onClose }: { onClose(): void }) {
  return (
    <Opening
      button={(open) => (
        <Button kind="secondary" onClick={open}>
          Close the ticket
        </Button>
      )}
    >
      {(close) => (
        <section class="nhsuk-inset-text" aria-label="Closing the ticket">
          {unfinishedTexts() > 0 && <p>What you wrote and did not send is lost.</p>}
          <p>To open it again you need the link, and it counts once more.</p>
          <div class="desk-row">
            <Button onClick={onClose}>Close it</Button>
            <Button kind="secondary" onClick={close}>
              Keep it open
            </Button>
          </div>
        </section>
      )}
    </Opening>
  );
}
