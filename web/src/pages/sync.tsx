import { useEffect, useState } from "preact/hooks";
import { link } from "../app/routes";
import { standingInWords } from "../app/standing";
import type { QuarantineSummary } from "../core/api";
import { useDesk } from "../core/desk";
import { sentence, withoutIds } from "../core/fault";
import { isPromised } from "../core/kept";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Button } from "../parts/button";
import { FaultNotice } from "../parts/notice";
import { Apart, Of } from "../parts/of";
import { counted, Moment } from "../parts/time";
import { Title } from "../parts/title";
import { textsNotFinished, useUnfinishedTexts } from "../parts/unfinished";
import { unsentInWords } from "../parts/unsent_words";
import { HeldHere } from "./held_here";
import { Row } from "./row";

const topics = ["sync", "status", "documents", "drafts", "quarantine"] as const;

/** How this desk and the server stand, and the work that the server refused. */
export default function SyncPage() {
  const desk = useDesk();
  const isLasting = usePromise();
  const state = useCore((core) => core.syncState(), topics);
  const unsent = useCore((core) => core.unsent(), topics);
  const refused = useCore((core) => core.quarantined(), topics);
  useUnfinishedTexts();
  const sync = useAction(() => desk.sync());
  return (
    <>
      <Title text="Sync" />
      <Answer asked={state}>
        {(value) => (
          <>
            <p>
              {
                standingInWords(
                  value,
                  refused.value?.length ?? 0,
                  textsNotFinished(unsent.value?.drafts ?? 0),
                ).words
              }
            </p>
            <dl class="nhsuk-summary-list">
              <Row name="Last exchange with the server">
                {value.lastSuccess ? <Moment at={value.lastSuccess} /> : "None yet"}
              </Row>
              {value.lastError && (
                <Row name="Last attempt failed">
                  {sentence(withoutIds(value.lastError.reason))}
                  {value.failedAt && (
                    <>
                      {" "}
                      (<Moment at={value.failedAt} />)
                    </>
                  )}
                </Row>
              )}
              {value.nextAttempt && (
                <Row name="Next attempt">
                  <Moment at={value.nextAttempt} />
                </Row>
              )}
              {unsent.value && (
                <Row name="Only on this computer">{unsentInWords(unsent.value)}</Row>
              )}
              {value.attachments > 0 && (
                <Row name="Attached files">
                  {`${value.attachmentsStored} of ${counted(value.attachments, "file")} stored on the server`}
                </Row>
              )}
              <Row name="Kept here">
                {desk.keeping === "memory"
                  ? "In memory only: it goes when the browser is closed."
                  : `On this device, encrypted. ${isLasting ? "" : mayGo}`}
              </Row>
            </dl>
          </>
        )}
      </Answer>
      <FaultNotice fault={sync.fault} />
      <Button busy={sync.busy} onClick={() => void sync.run()}>
        {sync.busy ? "Syncing…" : "Sync now"}
      </Button>
      <HeldHere />
      <h2>Refused work</h2>
      <Answer asked={refused}>{(items) => <Refused items={items} />}</Answer>
    </>
  );
}

const mayGo =
  "The browser does not promise for how long: short of room, or after a private window, it is gone.";

/** Whether the browser promises to keep what is here; so it is taken until it has said. */
function usePromise(): boolean {
  const [is, setIs] = useState(true);
  useEffect(() => void isPromised().then(setIs), []);
  return is;
}

function Refused({ items }: { items: readonly QuarantineSummary[] }) {
  if (items.length === 0) {
    return <p>The server has refused none of your work.</p>;
  }
  return (
    <>
      <p>The server did not take this work. It is kept here until you decide.</p>
      <ul class="desk-list">
        <Apart items={items} itemKey={({ id }) => String(id)} itemName={({ title }) => title}>
          {(item) => (
            <li>
              <a href={link("/quarantine/:id", { id: String(item.id) })}>
                {item.title || "Without a title"}
                <Of />
              </a>
              <p class="nhsuk-u-margin-bottom-0">
                {item.words || sentence(item.explanation)} <Moment at={item.at} />
              </p>
            </li>
          )}
        </Apart>
      </ul>
    </>
  );
}
