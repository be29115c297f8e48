import { useState } from "preact/hooks";
import type { LearningCore, ThreadView, Version } from "../../core/api";
import { useAction } from "../../core/use_action";
import { FaultNotice } from "../../parts/notice";
import { Of, OfContext, quoted, unlike, useOf } from "../../parts/of";
import { Opening } from "../../parts/opening";
import { Tag } from "../../parts/tag";
import type { Selected } from "../../typing/typed_text";
import { nameOfPlace } from "./places";
import { usePlan, useProject } from "./plan";
import { nameOf, Remark, Say, Small } from "./remark";
import { type SaidHere, useSaid } from "./said";
import { Standing } from "./standing";
import { commentOn, quoteOf, type Stretch, stretchOf, versionOf } from "./stretch";
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
      {isSaid && <Here place={place} threads={threads} suggestions={suggestions} />}
    </div>
  );
}

function Here({ place, threads, suggestions }: SaidHere & { place: string }) {
  const where = nameOfPlace(place, useProject());
  const about = useOf() || `, ${where}`;
  const named = (kind: string, words: string, by: { name: string } | null | undefined) =>
    `${kind} ${quoted(words)} of ${nameOf(by)}`;
  const suggested = unlike(
    suggestions.map(({ suggestion, by }) => named("suggestion", suggestion.replacement, by)),
  );
  const said = unlike(threads.map(({ first }) => named("comment", first?.body ?? "", first?.by)));
  return (
    <>
      <span class="nhsuk-u-visually-hidden">Comments and suggestions</span>
      {suggestions.map((view, at) => (
        <OfContext.Provider key={view.place.id} value={`${suggested[at]}${about}`}>
          <Suggested view={view} />
        </OfContext.Provider>
      ))}
      {threads.map((thread, at) => (
        <OfContext.Provider key={thread.place.id} value={`${said[at]}${about}`}>
          <Thread thread={thread} />
        </OfContext.Provider>
      ))}
    </>
  );
}

function Thread({ thread }: { thread: ThreadView }) {
  const { may } = usePlan();
  const of = useOf();
  const isSettled = thread.resolvedAt !== null;
  const id = `said-${thread.place.id}`;
  const said = (
    <>
      {thread.quote !== null && <blockquote class="plan-quote">{thread.quote}</blockquote>}
      <Standing standing={thread.standing} />
      {thread.first ? <Remark remark={thread.first} /> : <p>A comment that is not here.</p>}
      {thread.answers.map((remark, at) => (
        <OfContext.Provider key={remark.place.id} value={`answer ${at + 1}${of}`}>
          <Remark remark={remark} />
        </OfContext.Provider>
      ))}
      {may.comment && <Answering thread={thread} />}
    </>
  );
  if (!isSettled) {
    return (
      <div class="plan-thread" id={id} data-near>
        {thread.waits && <Tag colour="blue">Waits for an answer</Tag>}
        {said}
      </div>
    );
  }
  return (
    <details class="plan-thread" id={id} data-near>
      <summary>
        Settled by {nameOf(thread.resolvedBy)}
        <Of />
      </summary>
      {said}
    </details>
  );
}

/** Answers a thread, settles it, or opens it again. */
function Answering({ thread }: { thread: ThreadView }) {
  const { id } = usePlan();
  const resolve = useAction((core) => core.resolveComment(id, thread.place.id));
  const reopen = useAction((core) => core.reopenComment(id, thread.place.id));
  const isSettled = thread.resolvedAt !== null;
  return (
    <>
      <Opening
        place={`${thread.place.id} answer`}
        button={(open) => (
          <div class="plan-row">
            <Small onClick={open}>
              Answer
              <Of />
            </Small>
            {isSettled ? (
              <Small onClick={() => void reopen.run()}>
                Open again
                <Of />
              </Small>
            ) : (
              <Small onClick={() => void resolve.run()}>
                Settle
                <Of />
              </Small>
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
      <FaultNotice fault={resolve.fault ?? reopen.fault} />
    </>
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
    core.commentAt(id, place, body, about?.range ?? null, about ? await versionOf(about) : null);
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
        <Say
          label={label}
          isWholeName
          about={about}
          place={kept}
          done="Comment"
          say={comment}
          onEnd={close}
        />
      )}
    </Opening>
  );
}
