import { useState } from "preact/hooks";
import type { SittingView, Version } from "../../core/api";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { Moment } from "../../parts/time";
import { Part } from "./part";
import { usePlan } from "./plan";
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
        {value?.items.map((sitting) => (
          <li key={sitting.version}>
            <Sitting sitting={sitting} onLook={() => onLook(sitting)} />
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
      <Small onClick={onLook}>Show the plan as it was then</Small>
    </>
  );
}
