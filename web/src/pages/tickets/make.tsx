import { useState } from "preact/hooks";
import type { DocumentId, TicketRight, TicketView } from "../../core/api";
import { Button } from "../../parts/button";
import { Radios, TextArea, TextField } from "../../parts/field";
import { HandedLink } from "../../parts/handed_link";
import { Notice } from "../../parts/notice";
import { OfContext } from "../../parts/of";
import { Opening } from "../../parts/opening";
import { useBegun } from "../../parts/unfinished";
import { Leaving } from "../leaving";
import { upTo, WHO_HAS_IT } from "./words";

const MOST_DAYS = 90;
const MOST_USES = 50;

const choices: readonly { value: TicketRight; text: string; hint: string }[] = [
  { value: "read", text: "Read", hint: "They see the text and can say nothing here." },
  { value: "comment", text: "Comment", hint: "They say something that you alone read." },
  {
    value: "endorse",
    text: "Endorse",
    hint: "They can also say that they stand behind it. That is no sign-off.",
  },
];

interface MakeTicketProps {
  document: DocumentId;
  /** What the document is: "plan". */
  what: string;
}

/** Making a ticket: what is asked, what may be done and how long; then what it would give away. */
export function MakeTicket({ document, what }: MakeTicketProps) {
  const [made, setMade] = useState<TicketView>();
  return (
    <section aria-labelledby="make">
      <h2 id="make">Make a ticket</h2>
      {made && (
        <Notice title="The ticket is made" kind="good">
          <OfContext.Provider value="the ticket made now">
            <HandedLink link={made.link} hint={WHO_HAS_IT} />
          </OfContext.Provider>
        </Notice>
      )}
      <Opening
        place={`${document} ticket`}
        button={(open) => (
          <Button kind="secondary" onClick={open}>
            Make a ticket for this {what}
          </Button>
        )}
      >
        {(close) => <Making document={document} onMade={setMade} onEnd={close} />}
      </Opening>
    </section>
  );
}

interface MakingProps {
  document: DocumentId;
  onMade(ticket: TicketView): void;
  onEnd(): void;
}

const FIRST: { purpose: string; right: TicketRight; days: string; uses: string } = {
  purpose: "",
  right: "comment",
  days: "14",
  uses: "3",
};
const TYPED = ["purpose"] as const;

function Making({ document, onMade, onEnd }: MakingProps) {
  const { said, say, end } = useBegun(`${document} ticket`, FIRST, TYPED);
  const { purpose, right } = said;
  const days = upTo(MOST_DAYS, said.days);
  const uses = upTo(MOST_USES, said.uses);
  return (
    <>
      <TextArea
        label="What you ask for"
        hint="The holder reads it first. Up to 280 letters."
        value={purpose}
        rows={2}
        onInput={(purpose) => say({ purpose })}
      />
      <Radios
        label="What they may do"
        value={right}
        choices={choices}
        onChange={(right) => say({ right })}
      />
      <TextField
        label="Days for which it can be opened"
        hint={`1 to ${MOST_DAYS}`}
        error={days ? undefined : `Enter a number from 1 to ${MOST_DAYS}`}
        width={3}
        value={said.days}
        onInput={(days) => say({ days })}
      />
      <TextField
        label="How often it can be opened"
        hint={`1 to ${MOST_USES}. A page that is loaded anew counts again.`}
        error={uses ? undefined : `Enter a number from 1 to ${MOST_USES}`}
        width={3}
        value={said.uses}
        onInput={(uses) => say({ uses })}
      />
      {purpose.trim() && days && uses ? (
        <Leaving
          // What was looked through is the purpose as well.
          key={purpose}
          send="Make the ticket"
          check={(core) => core.checkBeforeTicket(document, purpose)}
          give={async (core, { acknowledgement }) => {
            const wanted = { document, purpose, right, days, uses };
            onMade(await core.makeTicket(wanted, acknowledgement));
          }}
          onDone={() => {
            end();
            onEnd();
          }}
        />
      ) : (
        <p class="nhsuk-hint">Once you have said what you ask for it is looked through.</p>
      )}
    </>
  );
}
