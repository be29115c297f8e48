import "./take_back.scss";
import { useState } from "preact/hooks";
import type { ItemId } from "../../core/api";
import type { Fault } from "../../core/fault";
import { FaultNotice } from "../../parts/notice";
import { useDeeds, useTakenBeside } from "./aloud";
import type { ItemNoun } from "./declared";
import { focusLater, focusOn, neighbourOf, onceSo } from "./focus";
import { idAt } from "./part";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { placeOf, upperFirst } from "./things";

interface TakeBackProps {
  noun: ItemNoun;
  id: ItemId;
  title: string;
}

/**
 * Takes a thing back. It is kept with all it says, and can be put back: at once beside what the
 * focus goes to, later from the list of what was taken back.
 */
export function TakeBack({ noun, id, title }: TakeBackProps) {
  const { may, edit } = usePlan();
  const { say, took } = useDeeds();
  const [fault, setFault] = useState<Fault>();
  if (!may.edit) return null;
  const takeBack = async () => {
    const own = idAt(placeOf(noun, id));
    const beside = neighbourOf(noun, own)?.id ?? "";
    const refused = await edit([{ type: "takeBack", noun, id, at: new Date() }]);
    setFault(refused);
    if (refused) return;
    took({ noun, id, title, beside });
    onceSo(
      () => document.getElementById(own) === null,
      () => {
        focusOn(document.getElementById(beside));
        say(`${upperFirst(title)} was taken back. Undo is just before.`);
      },
    );
  };
  return (
    <>
      <Small label={`Take back ${title}`} onClick={() => void takeBack()}>
        Take back
      </Small>
      <FaultNotice fault={fault} />
    </>
  );
}

/** Where something was taken back beside an element: what it was, and a way to undo that. */
export function Undo({ beside }: { beside: string }) {
  const taken = useTakenBeside(beside);
  const { fault, putBack } = usePutBack();
  if (!taken) return null;
  const { noun, id, title } = taken;
  return (
    <div class="plan-undo">
      {upperFirst(title)} was taken back.{" "}
      <Small label={`Undo taking back ${title}`} onClick={() => void putBack(noun, id, title)}>
        Undo
      </Small>
      <FaultNotice fault={fault} />
    </div>
  );
}

/** Puts back what was taken back, and brings the focus to it. */
export function usePutBack() {
  const { edit } = usePlan();
  const { say, took } = useDeeds();
  const [fault, setFault] = useState<Fault>();
  const putBack = async (noun: ItemNoun, id: ItemId, title: string) => {
    const refused = await edit([{ type: "putBack", noun, id }]);
    setFault(refused);
    if (refused) return;
    took(undefined);
    focusLater(idAt(placeOf(noun, id)));
    say(`${upperFirst(title)} is back.`);
  };
  return { fault, putBack };
}
