import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { LearningCore, PersonId, SharingCheck, SignOffSubject } from "../../core/api";
import { Button } from "../../parts/button";
import { Radios, TextArea } from "../../parts/field";
import { Notice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { forgetBegun, useWords } from "../../parts/unfinished";
import { Leaving } from "../leaving";
import { PersonChoice } from "../person_choice";

export interface AskForSignOffProps {
  subject: SignOffSubject;
  /** What it is in a sentence: "this plan". */
  what: string;
  labels?: ReadonlyMap<string, string>;
  /** Makes what is being typed part of it. */
  settle?(): Promise<void>;
}

/** Asking somebody to sign something as it stands. They get its text, and nothing of its history. */
export function AskForSignOff({ what, ...of }: AskForSignOffProps) {
  const [asked, setAsked] = useState("");
  return (
    <>
      {asked && (
        <Notice title="Asked" kind="good">
          <p>
            {asked} is asked to sign {what}. <a href={link("/sign-offs")}>Your requests</a>
          </p>
        </Notice>
      )}
      <Opening
        place={`${JSON.stringify(of.subject)} message`}
        button={(open) => (
          <Button kind="secondary" onClick={open}>
            Ask for a sign-off of {what}
          </Button>
        )}
      >
        {(close) => <Ask {...of} onAsk={setAsked} onEnd={close} />}
      </Opening>
    </>
  );
}

type Where = "theirs" | "here";

const wheres: readonly { value: Where; text: string; hint: string }[] = [
  { value: "theirs", text: "On a device of their own", hint: "They find it in their inbox." },
  { value: "here", text: "Here, at this screen", hint: "They are with you, and sign at once." },
];

interface AskProps extends Omit<AskForSignOffProps, "what"> {
  /** Somebody was asked, who is called so. */
  onAsk(name: string): void;
  onEnd(): void;
}

function Ask({ subject, onAsk, onEnd, ...of }: AskProps) {
  const [where, setWhere] = useState<Where>("theirs");
  const [person, setPerson] = useState<PersonId | "">("");
  const [name, setName] = useState("");
  const kept = `${JSON.stringify(subject)} message`;
  const [message, setMessage] = useWords(kept);
  const isHere = where === "here";
  const said = isHere ? "" : message;
  const choose = (chosen: PersonId | "", called: string) => {
    setPerson(chosen);
    setName(called);
  };
  const done = () => {
    forgetBegun(kept);
    if (!isHere) onAsk(name);
    onEnd();
  };
  const give = async (core: LearningCore, { acknowledgement }: SharingCheck) => {
    const whom = isHere || person === "" ? null : person;
    const id = await core.requestSignOffAcknowledged(subject, whom, said, acknowledgement);
    if (isHere) location.hash = link("/sign-offs/:id", { id });
  };
  return (
    <>
      <Radios
        label="Where it is signed"
        value={where}
        choices={wheres}
        onChange={(to) => setWhere(to)}
      />
      {!isHere && (
        <>
          <PersonChoice label="Who is to sign" value={person} onChange={choose} />
          <TextArea
            label="What you say to them (optional)"
            hint="It is not signed."
            value={message}
            rows={2}
            onInput={setMessage}
          />
        </>
      )}
      {(isHere || person) && (
        <Leaving
          // What was looked through is the message as well.
          key={`${where} ${said}`}
          send={isHere ? "Go on to signing" : `Ask ${name}`}
          check={(core) => core.checkBeforeSignOff(subject, said)}
          give={give}
          onDone={done}
          {...of}
        />
      )}
    </>
  );
}
