import { useEffect, useState } from "preact/hooks";
import type { Params } from "../../app/routes";
import type { DocumentId, SharedView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { FaultNotice } from "../../parts/notice";
import { OfAddress } from "../../parts/of_address";
import { Moment } from "../../parts/time";
import { Title } from "../../parts/title";
import type { AskForSignOffProps } from "../sign_off/ask";
import { SignOffs, SignOffsOf } from "../sign_off/of";
import { Tags } from "../tags";
import { ToTickets } from "../tickets/to";
import { Threads } from "./threads";

/** A shared copy of a reflection: reading it, and answering in threads. */
export default function Copy({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const { core } = useDesk();
  const asked = useCore(
    async (core) => {
      const [view, account] = [await core.sharedReflection(id), await core.account()];
      return { view, isMine: view.owner?.id === account?.person.id };
    },
    ["documents", "people"],
    [id],
  );
  const isOthers = asked.value?.isMine === false;
  useEffect(() => {
    // Its owner is told that it was seen. If that fails, they are told the next time.
    if (isOthers) core.markSeen(id).catch(() => {});
  }, [core, id, isOthers]);
  return (
    <OfAddress asked={asked}>
      {({ view, isMine }) => (
        <>
          <Title text={view.copy.title || "Untitled"} windowName="Shared copy" />
          <p>
            {isMine ? "You shared this copy" : `${view.owner?.name ?? "Somebody"} shared this`} on{" "}
            <Moment at={view.copy.sharedAt} />. It is a copy of a reflection as it stood then, and
            never changes.
          </p>
          <Tags tags={view.copy.tags} />
          <Text view={view} />
          <Threads about={id} places={placesIn(view)} />
          <SignOffs>
            <SignOffsOf id={id} ask={isMine ? asking(id) : undefined} />
          </SignOffs>
          {isMine && <ToTickets of="copies" id={id} />}
          {isOthers && <PutAway id={id} />}
        </>
      )}
    </OfAddress>
  );
}

function asking(id: DocumentId): AskForSignOffProps {
  return { subject: { type: "sharedReflection", id }, what: "this copy" };
}

interface AnswerOf {
  key: string;
  label: string;
  text: string;
}

/** The answers in the order in which they were asked for, then those that nobody asked for. */
function answersOf({ copy, template }: SharedView): AnswerOf[] {
  const prompts = template?.prompts ?? [];
  const asked = new Set(prompts.map(({ key }) => key));
  const others = [...copy.answers].filter(([key]) => !asked.has(key));
  return [
    ...prompts.map(({ key, label }) => ({ key, label, text: copy.answers.get(key) ?? "" })),
    ...others.map(([key, text]) => ({ key, label: key, text })),
  ];
}

/** What can be said something about, and what people call it. */
function placesIn(view: SharedView): { part: string; words: string }[] {
  const written = answersOf(view).filter(({ text }) => text !== "");
  const answers = written.map(({ key, label }) => ({ part: `answers/${key}`, words: label }));
  return [{ part: "", words: "The whole" }, ...answers];
}

function Text({ view }: { view: SharedView }) {
  return (
    <>
      {answersOf(view).map(({ key, label, text }) => (
        <section key={key} aria-labelledby={`answer-${key}`}>
          <h2 class="nhsuk-heading-m" id={`answer-${key}`}>
            {label}
          </h2>
          {text ? <p class="desk-prose">{text}</p> : <p class="nhsuk-hint">Nothing written.</p>}
        </section>
      ))}
    </>
  );
}

function PutAway({ id }: { id: DocumentId }) {
  const [isAsked, setIsAsked] = useState(false);
  const putAway = useAction((core) => core.putAway(id));
  const confirm = async () => {
    if (await putAway.run()) location.hash = "#/";
  };
  return (
    <>
      <Button kind="secondary" onClick={() => setIsAsked(true)}>
        Put this copy away
      </Button>
      {isAsked && (
        <Dialog title="Put this copy away?" onClose={() => setIsAsked(false)}>
          <p>
            It goes from your devices with their next sync, and its owner sees that you put it away.
            What you said about it stays with them.
          </p>
          <FaultNotice fault={putAway.fault} />
          <div class="desk-row">
            <Button kind="warning" busy={putAway.busy} onClick={() => void confirm()}>
              Put it away
            </Button>
            <Button kind="secondary" onClick={() => setIsAsked(false)}>
              Keep it
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
