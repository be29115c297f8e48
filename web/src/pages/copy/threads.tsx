import { useState } from "preact/hooks";
import type { AnchorStanding, DocumentId, ThreadView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { Select } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { useBegun } from "../../parts/unfinished";
import { Remark } from "./remark";
import { Writing } from "./writing";

/** A part of a document that something can be said about, and what people call it. */
export interface NamedPlace {
  part: string;
  words: string;
}

interface ThreadsProps {
  about: DocumentId;
  places: readonly NamedPlace[];
}

/** Everything said about a document, in threads, and saying something more. */
export function Threads({ about, places }: ThreadsProps) {
  const asked = useCore((core) => core.threads(about), ["documents", "people"], [about]);
  return (
    <section aria-labelledby="threads">
      <h2 id="threads">What was said about it</h2>
      <Answer asked={asked}>
        {(threads) =>
          threads.length === 0 ? (
            <p>Nobody has said anything yet.</p>
          ) : (
            <ul class="desk-list">
              {threads.map((thread) => (
                <li key={thread.place.id}>
                  <Thread about={about} thread={thread} places={places} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <SaySomething about={about} places={places} />
    </section>
  );
}

const standings: Record<AnchorStanding["type"], string> = {
  here: "",
  at: "",
  deletedText: " (its text was deleted)",
  takenBack: " (it was taken back)",
  notHere: " (it is not here)",
};

interface ThreadProps extends ThreadsProps {
  thread: ThreadView;
}

function Thread({ about, thread, places }: ThreadProps) {
  const { anchor, first, answers, quote, standing, resolvedAt, resolvedBy } = thread;
  const words = places.find(({ part }) => part === anchor)?.words ?? anchor;
  return (
    <article aria-label={`About ${words}`}>
      <h3 class="nhsuk-heading-s">
        {words}
        {standings[standing.type]}
      </h3>
      {thread.waits && (
        <p>
          <Tag colour="yellow">Waits for an answer</Tag>
        </p>
      )}
      {quote !== null && <blockquote class="desk-prose">{quote}</blockquote>}
      {first ? <Remark about={about} remark={first} /> : <p>To a comment that is not here:</p>}
      {answers.length > 0 && (
        <ul class="desk-answers">
          {answers.map((answer) => (
            <li key={answer.place.id}>
              <Remark about={about} remark={answer} />
            </li>
          ))}
        </ul>
      )}
      {resolvedAt !== null && (
        <p>
          <Tag colour="green">Settled</Tag> by {resolvedBy?.name ?? "a person not known here"},{" "}
          <Moment at={resolvedAt} />
        </p>
      )}
      {first && <AnswerThread about={about} thread={thread} />}
    </article>
  );
}

function AnswerThread({ about, thread }: Omit<ThreadProps, "places">) {
  const { place, resolvedAt } = thread;
  const isSettled = resolvedAt !== null;
  const settle = useAction((core) =>
    isSettled ? core.reopenComment(about, place.id) : core.resolveComment(about, place.id),
  );
  return (
    <>
      <FaultNotice fault={settle.fault} />
      <Opening
        place={`${place.id} answer`}
        button={(open) => (
          <div class="desk-row">
            <Button kind="secondary" onClick={open}>
              Answer
            </Button>
            <Button kind="secondary" busy={settle.busy} onClick={() => void settle.run()}>
              {isSettled ? "Open again" : "Settle"}
            </Button>
          </div>
        )}
      >
        {(close) => (
          <Writing
            about={about}
            label="Your answer"
            place={`${place.id} answer`}
            send="Answer"
            write={(core, body) => core.answerComment(about, place, body)}
            onEnd={close}
          />
        )}
      </Opening>
    </>
  );
}

const NOTHING = { words: "", part: "" };
const TYPED = ["words"] as const;

function SaySomething({ about, places }: ThreadsProps) {
  const place = `${about} comment`;
  const form = useBegun(place, NOTHING, TYPED);
  const { part } = form.said;
  const [times, setTimes] = useState(0);
  return (
    <section aria-labelledby="say">
      <h3 id="say">Say something</h3>
      {places.length > 1 && (
        <Select
          label="About"
          value={part}
          choices={places.map(({ part: value, words: text }) => ({ value, text }))}
          onChange={(part) => form.say({ part })}
        />
      )}
      <Writing
        key={times}
        about={about}
        label="Your comment"
        place={place}
        form={form}
        send="Comment"
        write={(core, body) => core.commentAt(about, part, body)}
        onEnd={() => {
          form.end({ words: "", part });
          setTimes(times + 1);
        }}
      />
    </section>
  );
}
