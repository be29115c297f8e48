import { useState } from "preact/hooks";
import type { LearningCore, ThreadView, Version } from "../../core/api";
import { useAction } from "../../core/use_action";
import { FaultNotice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Tag } from "../../parts/tag";
import type { Selected } from "../../typing/typed_text";
import { usePlan } from "./plan";
import { nameOf, Remark, Say, Small } from "./remark";
import { useSaid } from "./said";
import { Standing } from "./standing";
import { commentOn, quoteOf, type Stretch, stretchOf } from "./stretch";
import { Suggested } from "./suggestions";

/** Everything said about a place, beside it. */
export function Beside({ place }: { place: string }) {
  const { threads, suggestions } = useSaid(place);
  if (threads.length === 0 && suggestions.length === 0) return null;
  return (
    <div class="plan-said">
      <span class="nhsuk-u-visually-hidden">Comments and suggestions</span>
      {suggestions.map((view) => (
        <Suggested key={view.place.id} view={view} />
      ))}
      {threads.map((thread) => (
        <Thread key={thread.place.id} thread={thread} />
      ))}
    </div>
  );
}

function Thread({ thread }: { thread: ThreadView }) {
  const { id, may } = usePlan();
  const resolve = useAction((core) => core.resolveComment(id, thread.place.id));
  const reopen = useAction((core) => core.reopenComment(id, thread.place.id));
  const isSettled = thread.resolvedAt !== null;
  const said = (
    <>
      {thread.quote !== null && <blockquote class="plan-quote">{thread.quote}</blockquote>}
      <Standing standing={thread.standing} />
      {thread.first ? <Remark remark={thread.first} /> : <p>A comment that is not here.</p>}
      {thread.answers.map((remark) => (
        <Remark key={remark.place.id} remark={remark} />
      ))}
      {may.comment && (
        <Opening
          place={`${thread.place.id} answer`}
          button={(open) => (
            <div class="plan-row">
              <Small onClick={open}>Answer</Small>
              {isSettled ? (
                <Small onClick={() => void reopen.run()}>Open again</Small>
              ) : (
                <Small onClick={() => void resolve.run()}>Settle</Small>
              )}
            </div>
          )}
        >
          {(close) => (
            <Say
              label="Your answer"
              place={`${thread.place.id} answer`}
              done="Answer"
              say={(core, words) => core.answerComment(id, thread.place, words)}
              onEnd={close}
            />
          )}
        </Opening>
      )}
      <FaultNotice fault={resolve.fault ?? reopen.fault} />
    </>
  );
  if (!isSettled) {
    return (
      <div class="plan-thread">
        {thread.waits && <Tag colour="blue">Waits for an answer</Tag>}
        {said}
      </div>
    );
  }
  return (
    <details class="plan-thread">
      <summary>Settled by {nameOf(thread.resolvedBy)}</summary>
      {said}
    </details>
  );
}

interface SayAboutProps {
  place: string;
  /** What the button is read out as, where several say the same. */
  label: string;
  selected?: Selected | undefined;
  /** Makes the text part of the document: the version in which it is. */
  version?(): Promise<Version>;
}

/** A button with which something is said about a place, or about words of it. */
export function SayAbout({ place, label, selected, version }: SayAboutProps) {
  const { id, may } = usePlan();
  const [about, setAbout] = useState<Stretch>();
  if (!may.comment) return null;
  const comment = async (core: LearningCore, body: string, about: Stretch | undefined) =>
    core.commentAt(id, place, body, about?.range ?? null, (await about?.version()) ?? null);
  const kept = `${id} ${place} comment`;
  return (
    <Opening
      place={kept}
      button={(open) => (
        <Small
          label={selected ? commentOn(quoteOf(selected)) : label}
          onClick={() => {
            setAbout(selected && version && stretchOf(selected, version));
            open();
          }}
        >
          {selected ? "Comment on these words" : "Comment"}
        </Small>
      )}
    >
      {(close) => (
        <Say label={label} about={about} place={kept} done="Comment" say={comment} onEnd={close} />
      )}
    </Opening>
  );
}
