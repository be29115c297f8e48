import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { LearningCore, PersonId, SharingCheck, SignOffSubject } from "../../core/api";
import { Button } from "../../parts/button";
import { Radios, TextArea } from "../../parts/field";
import { Notice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { useBegun } from "../../parts/unfinished";
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
        place={placeOf(of.subject)}
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

/** Where what is asked is kept until it is sent. */
function placeOf(subject: SignOffSubject): string {
  return `${JSON.stringify(subject)} message`;
}

type Where = "theirs" | "here";

const wheres: readonly { value: Where; text: string; hint: string }[] = [
  { value: "theirs", text: "On a device of their own", hint: "They find it in their inbox." },
  { value: "here", text: "Here, at this screen", hint: "They are with you, and sign at once." },
];

interface Asked {
  where: Where;
  person: PersonId | "";
  name: string;
  message: string;
}

const EMPTY: Asked = { where: "theirs", person: "", name: "", message: "" };
const TYPED = ["message"] as const;

interface AskProps extends Omit<AskForSignOffProps, "what"> {
  /** Somebody was asked, who is called so. */
  onAsk(name: string): void;
  onEnd(): void;
}

function Ask({ subject, onAsk, onEnd, ...of }: AskProps) {
  const kept = useBegun(placeOf(subject), EMPTY, TYPED);
  const { where, person, name, message } = kept.said;
  const isHere = where === "here";
  const said = isHere ? "" : message;
  const done = () => {
    kept.end();
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
        onChange={(where) => kept.say({ where })}
      />
      {!isHere && (
        <>
          <PersonChoice
            label="Who is to sign"
            value={person}
            onChange={(person, name) => kept.say({ person, name })}
          />
          <TextArea
            label="What you say to them (optional)"
            hint="It is not signed."
            value={message}
            rows={2}
            onInput={(message) => kept.say({ message })}
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
