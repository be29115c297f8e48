import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { DisagreementView, ItemId } from "../../core/api";
import { useDesk } from "../../core/desk";
import type { Fault } from "../../core/fault";
import { focusNear } from "../../core/near";
import { useCore } from "../../core/use_core";
import { FaultNotice } from "../../parts/notice";
import { inPeoplesWords, nameOfPlace, settling } from "./places";
import { usePeople, usePlan, useProject } from "./plan";
import { nameOf, Small } from "./remark";

/** What two people set differently at once, each settled by choosing one. */
export function Disagreements({ of }: { of: readonly DisagreementView[] }) {
  if (of.length === 0) return null;
  return (
    <section class="plan-part plan-disagreements" aria-labelledby="disagreements">
      <h2 class="nhsuk-heading-m" id="disagreements">
        Set differently at once
      </h2>
      <p>Two people set these at the same time. Choose what is meant; that settles it.</p>
      {of.map((one) => (
        <Choose key={one.path} disagreement={one} />
      ))}
    </section>
  );
}

function Choose({ disagreement: { path, values } }: { disagreement: DisagreementView }) {
  const plan = usePlan();
  const project = useProject();
  const { core } = useDesk();
  const [fault, setFault] = useState<Fault>();
  const shown = values.length - 1;
  const people = usePeople();
  const { value: programme } = useCore((core) => core.programme(), ["packs"]);
  const domains = new Map(programme?.domains.map(({ key, title }) => [key, title]));
  const inWords = (text: string) =>
    inPeoplesWords(path, text, { project, people, domains }) || "Nothing";
  const choose = async (text: string) => {
    const settled = settling(path, text, await core.newItemId());
    if (!settled) return;
    const goOn = focusNear();
    const refused = await plan.edit([settled]);
    setFault(refused);
    if (!refused) goOn();
  };
  return (
    <div class="plan-card" data-near>
      <h3 class="nhsuk-heading-s">
        <a href={link("/projects/:id", { id: plan.id }, path)}>{nameOfPlace(path, project)}</a>
      </h3>
      <ul class="plan-choices">
        {values.map(({ text, by }, index) => (
          <li key={index}>
            <strong>{inWords(text)}</strong>, set by {nameOf(by)}
            {index === shown && " (shown meanwhile)"}{" "}
            {plan.may.edit && settling(path, text, "" as ItemId) && (
              <Small
                label={`Choose ${inWords(text)} of ${nameOf(by)}`}
                onClick={() => void choose(text)}
              >
                Choose this
              </Small>
            )}
          </li>
        ))}
      </ul>
      <FaultNotice fault={fault} />
    </div>
  );
}
