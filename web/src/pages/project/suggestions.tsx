import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { SuggestionView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { ErrorSummary } from "../../parts/error_summary";
import { TextArea } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Of } from "../../parts/of";
import { focusFirst } from "../../parts/opening";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { useBegun } from "../../parts/unfinished";
import { SeenFirst } from "../seen_first";
import { usePlan } from "./plan";
import { nameOf, Small } from "./remark";
import { Standing } from "./standing";
import { type Stretch, versionOf } from "./stretch";

const states = {
  open: "Suggestion",
  accepted: "Accepted",
  rejected: "Rejected",
  withdrawn: "Taken back",
} as const;

/** Other words that somebody suggests, and what became of that. */
export function Suggested({ view }: { view: SuggestionView }) {
  const id = `said-${view.place.id}`;
  if (view.state === "open") {
    return (
      <div class="plan-thread" id={id} data-near>
        <Body view={view} />
      </div>
    );
  }
  return (
    <details class="plan-thread" id={id} data-near>
      <summary>
        Suggestion of {nameOf(view.by)}: {states[view.state].toLowerCase()}
        {view.decidedBy && ` by ${view.decidedBy.name}`}
        <Of />
      </summary>
      <Body view={view} />
    </details>
  );
}

function Body({ view }: { view: SuggestionView }) {
  const { original, replacement, why, at } = view.suggestion;
  return (
    <>
      <p class="plan-remark__by">
        <strong>{nameOf(view.by)}</strong>{" "}
        <span class="plan-quiet">
          <Moment at={at} />
        </span>{" "}
        <Tag colour={view.state === "open" ? "blue" : "grey"}>{states[view.state]}</Tag>
      </p>
      <p class="plan-words">
        <span class="nhsuk-u-visually-hidden">Instead of: </span>
        <del>{original}</del> <span class="nhsuk-u-visually-hidden">it should say: </span>
        {replacement === "" ? <em>(taken out)</em> : <ins>{replacement}</ins>}
      </p>
      {why && <p class="plan-words">{why}</p>}
      <Standing standing={view.standing} />
      {view.readsNow !== null && <p>It says now: “{view.readsNow}”.</p>}
      {view.state === "open" && <Decide view={view} />}
    </>
  );
}

function Decide({ view }: { view: SuggestionView }) {
  const { id, may } = usePlan();
  const plan = usePlan();
  const isChanged = view.readsNow !== null;
  const accept = useAction(async (core) => {
    await plan.settle();
    await core.acceptSuggestion(id, view.place, isChanged);
  });
  const reject = useAction((core) => core.rejectSuggestion(id, view.place));
  const withdraw = useAction((core) => core.deleteComment(id, view.place.id));
  const busy = accept.busy || reject.busy || withdraw.busy;
  return (
    <>
      <div class="plan-row">
        {may.edit && (
          <>
            <Button busy={busy} onClick={() => void accept.run()}>
              {isChanged ? "Accept all the same" : "Accept"}
              <Of />
            </Button>
            <Button kind="secondary" busy={busy} onClick={() => void reject.run()}>
              Reject
              <Of />
            </Button>
          </>
        )}
        {view.mine && may.comment && (
          <Small onClick={() => void withdraw.run()}>
            Take it back
            <Of />
          </Small>
        )}
      </div>
      <FaultNotice fault={accept.fault ?? reject.fault ?? withdraw.fault} />
    </>
  );
}

/** A suggestion that is being written, and the words that it is about. */
export interface BegunSuggestion {
  words: string;
  why: string;
  about: Stretch;
}

const TYPED = ["words", "why"] as const;

interface SuggestProps {
  place: string;
  /** Where it is kept until it is made. */
  kept: string;
  /** What was selected. */
  about: Stretch;
  onDone(): void;
}

/** Says what the selected words should read instead. */
export function Suggest({ place, kept, about, onDone }: SuggestProps) {
  const { id, view } = usePlan();
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => focusFirst(form.current), []);
  const { quote, range } = about;
  const first: BegunSuggestion = { words: quote, why: "", about };
  const begun = useBegun(kept, first, TYPED);
  const { words, why } = begun.said;
  const end = () => {
    begun.end();
    onDone();
  };
  const suggest = useAction(async (core) => {
    const version = (await versionOf(about)) ?? view().version;
    return core.suggest(id, place, range, words, why, version);
  });
  const field = useId();
  const [isSame, setIsSame] = useState(false);
  const error =
    isSame && words === quote ? "Nothing was changed: say what it should read" : undefined;
  const send = async (event?: Event) => {
    event?.preventDefault();
    setIsSame(words === quote);
    if (words !== quote && (await suggest.run())) end();
  };
  return (
    <form class="plan-say" ref={form} onSubmit={send}>
      <ErrorSummary errors={error ? [{ field, text: error }] : []} />
      <TextArea
        label={`Instead of “${quote}”`}
        rows={2}
        value={words}
        id={field}
        error={error}
        onInput={(words) => begun.say({ words })}
      />
      <TextArea
        label="Why (you can leave this empty)"
        rows={1}
        value={why}
        onInput={(why) => begun.say({ why })}
      />
      <SeenFirst fault={suggest.fault} about={id} words={[words, why]} again={() => void send()} />
      <div class="plan-row">
        <Button submit busy={suggest.busy}>
          Suggest this
        </Button>
        <Small onClick={end}>Cancel</Small>
      </div>
    </form>
  );
}
