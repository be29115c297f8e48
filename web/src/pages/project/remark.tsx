import { useContext, useState } from "preact/hooks";
import type { CommentRef, LearningCore, RemarkView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { TextArea } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Of, OfContext } from "../../parts/of";
import { Opening } from "../../parts/opening";
import { Moment } from "../../parts/time";
import { useBegun } from "../../parts/unfinished";
import { SeenFirst } from "../seen_first";
import { usePlan } from "./plan";
import { commentOn, type Stretch } from "./stretch";
import { useCalm } from "./use_calm";

/** Who did something, as far as this device has heard of them. */
export function nameOf(person: { name: string } | null | undefined): string {
  return person?.name ?? "Somebody";
}

/** One comment of a thread, which its author can change. */
export function Remark({ remark }: { remark: RemarkView }) {
  const { id, may } = usePlan();
  const remove = useAction((core) => core.deleteComment(id, remark.place.id));
  const putBack = useAction((core) => core.putBackComment(id, remark.place.id));
  const isMine = remark.mine && may.comment;
  return (
    <div class="plan-remark" tabIndex={-1} data-near>
      <p class="plan-remark__by">
        <strong>{nameOf(remark.by)}</strong>{" "}
        <span class="plan-quiet">
          <Moment at={remark.at} />
        </span>
      </p>
      {remark.editedAt && !remark.deleted && <Before place={remark.place} />}
      <Opening
        place={`${remark.place.id} rewritten`}
        button={(open) => (
          <>
            <p class="plan-words">{remark.deleted ? "This comment was deleted." : remark.body}</p>
            {isMine && (
              <div class="plan-row">
                {remark.deleted ? (
                  <Small onClick={() => void putBack.run()}>
                    Put it back
                    <Of />
                  </Small>
                ) : (
                  <>
                    <Small onClick={open}>
                      Edit
                      <Of />
                    </Small>
                    <Small onClick={() => void remove.run()}>
                      Delete
                      <Of />
                    </Small>
                  </>
                )}
              </div>
            )}
          </>
        )}
      >
        {(close) => (
          <Say
            label="Your comment"
            place={`${remark.place.id} rewritten`}
            before={remark.body}
            done="Save"
            say={(core, body) => core.rewriteComment(id, remark.place.id, body)}
            onEnd={close}
          />
        )}
      </Opening>
      <FaultNotice fault={remove.fault ?? putBack.fault} />
    </div>
  );
}

/** What a comment said before it was said in other words. */
function Before({ place }: { place: CommentRef }) {
  const [isOpen, setIsOpen] = useState(false);
  const { value: versions = [] } = useCalm(
    isOpen ? (core) => core.commentVersions(place) : undefined,
    ["documents"],
    [place.id, isOpen],
  );
  return (
    <>
      <Small pressed={isOpen} onClick={() => setIsOpen(!isOpen)}>
        Edited
        <Of />
      </Small>
      {isOpen && (
        <ol class="plan-choices">
          {versions.slice(0, -1).map(({ body, at }) => (
            <li key={at.getTime()}>
              <Moment at={at} />: <span class="plan-words">{body}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

interface SayProps {
  label: string;
  /** The label says already what it is about: nothing is added for who sees nothing around it. */
  isWholeName?: boolean;
  /** Where the words are kept until they are sent. */
  place: string;
  done: string;
  before?: string;
  /** The words that it is about, if it is about some and not the whole. */
  about?: Stretch | undefined;
  say(core: LearningCore, words: string, about: Stretch | undefined): Promise<unknown>;
  /** It was said, or left. */
  onEnd(): void;
}

const TYPED = ["words"] as const;

/** A few words that are given as a whole. */
export function Say({ place, done, say, onEnd, ...of }: SayProps) {
  const { id } = usePlan();
  const begun = useBegun(place, { words: of.before ?? "", about: of.about }, TYPED);
  const { words, about } = begun.said;
  const beside = useContext(OfContext);
  const label = about ? commentOn(about.quote) : of.label;
  const end = () => {
    begun.end();
    onEnd();
  };
  const saying = useAction((core, body: string) => say(core, body, about));
  const send = async (event?: Event) => {
    event?.preventDefault();
    if (words.trim() !== "" && (await saying.run(words.trim()))) end();
  };
  return (
    <form class="plan-say" onSubmit={send}>
      <OfContext.Provider value={of.isWholeName && !about ? "" : beside}>
        <TextArea label={label} value={words} rows={2} onInput={(words) => begun.say({ words })} />
      </OfContext.Provider>
      <SeenFirst fault={saying.fault} about={id} words={[words]} again={() => void send()} />
      <div class="plan-row">
        <Button submit busy={saying.busy}>
          {done}
          <Of />
        </Button>
        <Small onClick={end}>
          Cancel
          <Of />
        </Small>
      </div>
    </form>
  );
}

interface SmallProps {
  children: preact.ComponentChildren;
  label?: string | undefined;
  /** What it does, for who looks for it on the page. */
  name?: string;
  pressed?: boolean;
  /** It keeps its place and the focus, and does nothing. */
  disabled?: boolean;
  onClick(): void;
}

/** A button that does not stand out, beside what it is about. */
export function Small({ children, label, name, pressed, disabled = false, onClick }: SmallProps) {
  return (
    <button
      type="button"
      name={name}
      class="plan-small"
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </button>
  );
}
