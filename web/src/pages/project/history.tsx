import { useState } from "preact/hooks";
import type { DocumentId, LearningCore, SittingView, Version } from "../../core/api";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { Of, OfContext } from "../../parts/of";
import { Moment } from "../../parts/time";
import { type Change, changesBetween } from "./changes";
import { Part } from "./part";
import { usePeople, usePlan } from "./plan";
import { nameOf, Small } from "./remark";
import { useCalm } from "./use_calm";

const STEP = 10;

interface HistoryProps {
  /** Shows the plan as it was with a sitting and all before it. */
  onLook(sitting: SittingView): void;
}

/** What was done to the plan, by person and sitting, the newest first. */
export function History({ onLook }: HistoryProps) {
  const { id } = usePlan();
  const [limit, setLimit] = useState(0);
  const { value, fault } = useCalm(
    limit > 0 ? (core) => core.sittings(id, null as Version | null, limit) : undefined,
    ["documents"],
    [id, limit],
  );
  return (
    <Part name="history">
      {limit === 0 && (
        <Button kind="secondary" onClick={() => setLimit(STEP)}>
          Show what changed
        </Button>
      )}
      <FaultNotice fault={fault} />
      <ol class="desk-list">
        {value?.items.map((sitting, index) => (
          <li key={sitting.version}>
            <OfContext.Provider value={`change ${index + 1} of ${value.items.length}`}>
              <Sitting sitting={sitting} onLook={() => onLook(sitting)} />
            </OfContext.Provider>
          </li>
        ))}
      </ol>
      {value?.more && (
        <Button kind="secondary" onClick={() => setLimit(limit + STEP)}>
          Show earlier changes
        </Button>
      )}
    </Part>
  );
}

function Sitting({ sitting, onLook }: { sitting: SittingView; onLook(): void }) {
  const { by, from, to, sentences } = sitting;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <p class="nhsuk-u-margin-bottom-1">
        <strong>{nameOf(by)}</strong>{" "}
        <span class="plan-quiet">
          <Moment at={from} />
          {to.getTime() - from.getTime() > 60_000 && (
            <>
              {" to "}
              <Moment at={to} />
            </>
          )}
        </span>
      </p>
      <ul class="nhsuk-u-margin-bottom-1">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {isOpen && <BeforeAndAfter sitting={sitting} />}
      <div class="plan-row">
        <Small pressed={isOpen} onClick={() => setIsOpen(!isOpen)}>
          What fields said before and after
          <Of />
        </Small>
        <Small onClick={onLook}>
          Show the plan as it was then
          <Of />
        </Small>
      </div>
    </>
  );
}

/** More changes of a sitting than these are counted, not told. */
const TOLD = 60;

/** What each field said before a sitting and after it. Two versions of the plan are read for it. */
function BeforeAndAfter({ sitting: { version } }: { sitting: SittingView }) {
  const { id } = usePlan();
  const people = usePeople();
  const { value, fault } = useCalm(
    async (core) => changesBetween(...(await around(core, id, version)), people),
    [],
    [id, version, people],
  );
  if (!value) return fault ? <FaultNotice fault={fault} /> : <p class="plan-quiet">Reading…</p>;
  return <Changes all={value} />;
}

function Changes({ all }: { all: readonly Change[] }) {
  if (all.length === 0) return <p class="plan-quiet">No field says anything else than before.</p>;
  return (
    <ul class="plan-changes">
      {all.slice(0, TOLD).map(({ what, how }) => (
        <li key={`${what} ${how}`}>
          <strong>{what}</strong>: {how}
        </li>
      ))}
      {all.length > TOLD && <li>And {all.length - TOLD} more.</li>}
    </ul>
  );
}

/** The plan before a sitting, if it was there, and with it. */
async function around(core: LearningCore, id: DocumentId, version: Version) {
  const { items } = await core.sittings(id, version, 1);
  const [earlier] = items;
  const before = earlier && (await core.projectAt(id, earlier.version));
  return [before, await core.projectAt(id, version)] as const;
}
