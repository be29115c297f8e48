import type { ChangeProject, TakenBackItem } from "../../core/api";
import { FaultNotice } from "../../parts/notice";
import { Moment } from "../../parts/time";
import { type ItemNoun, names } from "./declared";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { usePutBack } from "./take_back";
import { upperFirst } from "./things";

/** What was taken back from the plan, with all it says: it can be put back. */
export function TakenBack({ things }: { things: ChangeProject["takenBack"] }) {
  if (things.length === 0) return null;
  return (
    <details class="nhsuk-details">
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">Taken back ({things.length})</span>
      </summary>
      <ul class="nhsuk-details__text plan-choices">
        {things.map((item) => (
          <Taken key={item.id} item={item} />
        ))}
      </ul>
    </details>
  );
}

function Taken({ item: { id, thing } }: { item: TakenBackItem }) {
  const { may } = usePlan();
  const { fault, putBack } = usePutBack();
  const noun = thing.noun as ItemNoun;
  const [one] = names[noun] ?? [thing.noun];
  const title = thing.label || `${one} without a name`;
  return (
    <li>
      {upperFirst(one)}: {thing.label || "without a name"},{" "}
      <span class="plan-quiet">
        <Moment at={thing.at} />
      </span>{" "}
      {may.edit && (
        <Small label={`Put it back: ${title}`} onClick={() => void putBack(noun, id, title)}>
          Put it back
        </Small>
      )}
      <FaultNotice fault={fault} />
    </li>
  );
}
