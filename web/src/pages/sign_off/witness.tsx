import { useId, useState } from "preact/hooks";
import type { PersonId, SignOffDecision, SignOffRequestView } from "../../core/api";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { lackingIf } from "../../parts/form";
import { Opening } from "../../parts/opening";
import { useBegun } from "../../parts/unfinished";
import { PersonChoice } from "../person_choice";
import { Answered, AnswerForm } from "./answer_form";
import { counts } from "./words";

/** Somebody who is here signs at the screen of the person who asked, and that person witnesses it. */
export function Witness({ view }: { view: SignOffRequestView }) {
  const waitsHere = view.asked === null && !view.answers.some(counts);
  const [said, setSaid] = useState<SignOffDecision>();
  return (
    <section aria-labelledby="witness">
      {said && <Answered decision={said} />}
      <h2 id="witness">Sign here, at this screen</h2>
      <Opening
        place={`${view.id} witnessed`}
        isOpenAtFirst={waitsHere}
        button={(open) => (
          <Button kind="secondary" onClick={open}>
            Let somebody sign here
          </Button>
        )}
      >
        {(close) => (
          <WitnessForm
            view={view}
            onDone={(decision) => {
              setSaid(decision);
              close();
            }}
          />
        )}
      </Opening>
    </section>
  );
}

interface WitnessFormProps {
  view: SignOffRequestView;
  onDone(decision: SignOffDecision): void;
}

interface Signer {
  person: PersonId | "";
  /** What the person of the list is called. */
  called: string;
  /** The name of somebody who is not in the list. */
  name: string;
  knownBy: string;
}

const TYPED = ["name", "knownBy"] as const;

function nobodyBut(asked: SignOffRequestView["asked"]): Signer {
  return { person: asked?.id ?? "", called: asked?.name ?? "", name: "", knownBy: "" };
}

function WitnessForm({ view, onDone }: WitnessFormProps) {
  const ids = useId();
  const [nameId, knownId] = [`${ids}-name`, `${ids}-known`];
  const { said, say, end } = useBegun(`${view.id} signer`, nobodyBut(view.asked), TYPED);
  const { person, called, name, knownBy } = said;
  const [isTried, setIsTried] = useState(false);
  const signer = (person ? called : name).trim();
  const lacks = () => [
    ...lackingIf(!signer, nameId, "Say who signs"),
    ...lackingIf(!knownBy.trim(), knownId, "Say how you know who signs"),
  ];
  const error = (field: string) =>
    isTried ? lacks().find((one) => one.field === field)?.text : undefined;
  const lacking = () => {
    setIsTried(true);
    return lacks();
  };
  return (
    <>
      <div class="nhsuk-inset-text">
        <p>
          Let whoever signs read the text above, and fill in the rest themselves. It is signed with
          the key of this browser, which is yours, and says so: who signed, that you witnessed it,
          and how you knew them. It covers every word of the text, and what is changed later is
          shown beside it.
        </p>
      </div>
      <AnswerForm
        request={view}
        by={`${signer}, witnessed by you`}
        place={`${view.id} witnessed`}
        words={{ role: "They sign as", statement: "Their statement" }}
        known=""
        lacking={lacking}
        give={(core, answer) => {
          const by = { name: signer, person: person || null, knownBy: knownBy.trim() };
          return core.signWitnessed(view.id, by, answer);
        }}
        onDone={(decision) => {
          end();
          onDone(decision);
        }}
      >
        <PersonChoice
          label="Who signs"
          none="Somebody who is not in this list"
          value={person}
          onChange={(person, called) => say({ person, called })}
        />
        {!person && (
          <TextField
            label="Their name"
            id={nameId}
            error={error(nameId)}
            value={name}
            onInput={(name) => say({ name })}
          />
        )}
        <TextField
          label="How you know them"
          hint="Such as “works on this ward”, or “GMC number on the badge”."
          id={knownId}
          error={error(knownId)}
          value={knownBy}
          onInput={(knownBy) => say({ knownBy })}
        />
      </AnswerForm>
    </>
  );
}
