import { useId, useState } from "preact/hooks";
import type { PersonId, SignOffDecision, SignOffRequestView } from "../../core/api";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { lackingIf } from "../../parts/form";
import { Opening } from "../../parts/opening";
import { forgetBegun, useWords } from "../../parts/unfinished";
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

function WitnessForm({ view, onDone }: WitnessFormProps) {
  const ids = useId();
  const [nameId, knownId] = [`${ids}-name`, `${ids}-known`];
  const [person, setPerson] = useState<PersonId | "">(view.asked?.id ?? "");
  const [called, setCalled] = useState(view.asked?.name ?? "");
  const [name, setName] = useWords(`${view.id} signer`);
  const [knownBy, setKnownBy] = useWords(`${view.id} known by`);
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
  const choose = (chosen: PersonId | "", calledSo: string) => {
    setPerson(chosen);
    setCalled(calledSo);
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
          forgetBegun(`${view.id} known by`);
          forgetBegun(`${view.id} signer`);
          onDone(decision);
        }}
      >
        <PersonChoice
          label="Who signs"
          none="Somebody who is not in this list"
          value={person}
          onChange={choose}
        />
        {!person && (
          <TextField
            label="Their name"
            id={nameId}
            error={error(nameId)}
            value={name}
            onInput={setName}
          />
        )}
        <TextField
          label="How you know them"
          hint="Such as “works on this ward”, or “GMC number on the badge”."
          id={knownId}
          error={error(knownId)}
          value={knownBy}
          onInput={setKnownBy}
        />
      </AnswerForm>
    </>
  );
}
