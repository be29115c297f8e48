import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { PersonId, SignOffSubject } from "../../core/api";
import { Button } from "../../parts/button";
import { TextArea } from "../../parts/field";
import { Notice } from "../../parts/notice";
import { Leaving } from "../leaving";
import { PersonChoice } from "../person_choice";

interface AskForSignOffProps {
  subject: SignOffSubject;
  /** What it is in a sentence: "this plan". */
  what: string;
  labels?: ReadonlyMap<string, string>;
  /** Makes what is being typed part of it. */
  settle?(): Promise<void>;
}

/** Asking somebody to sign something as it stands. They get its text, and nothing of its history. */
export function AskForSignOff({ what, ...of }: AskForSignOffProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [asked, setAsked] = useState("");
  const done = (name: string) => {
    setAsked(name);
    setIsOpen(false);
  };
  return (
    <section aria-label="Sign-off">
      <h2>Sign-off</h2>
      {asked && (
        <Notice title="Asked" kind="good">
          <p>
            {asked} is asked to sign {what}. <a href={link("/sign-offs")}>Your requests</a>
          </p>
        </Notice>
      )}
      {isOpen ? (
        <Ask {...of} onDone={done} />
      ) : (
        <Button kind="secondary" onClick={() => setIsOpen(true)}>
          Ask for a sign-off of {what}
        </Button>
      )}
    </section>
  );
}

interface AskProps extends Omit<AskForSignOffProps, "what"> {
  onDone(name: string): void;
}

function Ask({ subject, onDone, ...of }: AskProps) {
  const [person, setPerson] = useState<PersonId | "">("");
  const [name, setName] = useState("");
  const [message, setMessage] = useState("");
  const choose = (chosen: PersonId | "", called: string) => {
    setPerson(chosen);
    setName(called);
  };
  return (
    <>
      <PersonChoice label="Who is to sign" value={person} onChange={choose} />
      <TextArea
        label="What you say to them (optional)"
        hint="It is not signed."
        value={message}
        rows={2}
        onInput={setMessage}
      />
      {person && (
        <Leaving
          // What was looked through is the message as well.
          key={message}
          send={`Ask ${name}`}
          check={(core) => core.checkBeforeSignOff(subject, message)}
          give={(core, { acknowledgement }) =>
            core.requestSignOffAcknowledged(subject, person, message, acknowledgement)
          }
          onDone={() => onDone(name)}
          {...of}
        />
      )}
    </>
  );
}
