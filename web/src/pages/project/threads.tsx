import type { AnchorStanding, LearningCore, TextRange, ThreadView, Version } from "../../core/api";
import { useAction } from "../../core/use_action";
import { FaultNotice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Tag } from "../../parts/tag";
import { usePlan } from "./plan";
import { nameOf, Remark, Say, Small } from "./remark";
import { useSaid } from "./said";
import { Suggested } from "./suggestions";
import { ToldHere, useTold } from "./told";

/** Everything said about a place, and what it tells its readers, beside it. */
export function Beside({ place }: { place: string }) {
  const { threads, suggestions } = useSaid(place);
  const told = useTold(place);
  const isSaid = threads.length > 0 || suggestions.length > 0;
  if (!isSaid && told.length === 0) return null;
  return (
    <div class="plan-said">
      <ToldHere findings={told} />
      {isSaid && <span class="nhsuk-u-visually-hidden">Comments and suggestions</span>}
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

/** Where what was said something about stands now, if it is not simply there. */
export function Standing({ standing }: { standing: AnchorStanding }) {
  const words = {
    here: "",
    at: "",
    deletedText: "The words it is about were deleted.",
    takenBack: "It is about something that was taken back.",
    notHere: "It is about something that is not on this device.",
  }[standing.type];
  return words ? <p class="plan-quiet">{words}</p> : null;
}

interface SayAboutProps {
  place: string;
  /** What the button says; what it is read out as, where several say the same. */
  label: string;
  /** The stretch of a text, and the version of which it is one. */
  stretch?: () => Promise<{ range: TextRange; version: Version }>;
  words?: string;
}

/** A button with which something is said about a place. */
export function SayAbout({ place, label, stretch, words = "Comment" }: SayAboutProps) {
  const { id, may } = usePlan();
  if (!may.comment) return null;
  const comment = async (core: LearningCore, body: string) => {
    const of = await stretch?.();
    await core.commentAt(id, place, body, of?.range ?? null, of?.version ?? null);
  };
  const kept = `${id} ${place} comment`;
  return (
    <Opening
      place={kept}
      button={(open) => (
        <Small label={label} onClick={open}>
          {words}
        </Small>
      )}
    >
      {(close) => <Say label={label} place={kept} done="Comment" say={comment} onEnd={close} />}
    </Opening>
  );
}
