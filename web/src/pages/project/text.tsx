import { useRef, useState } from "preact/hooks";
import type { DraftField, ProjectView, TextField, Version } from "../../core/api";
import { useOf } from "../../parts/of";
import { focusFirst } from "../../parts/opening";
import { begunAt } from "../../parts/unfinished";
import { type Selected, TypedText } from "../../typing/typed_text";
import type { Kept } from "../../typing/use_field";
import { WrittenBy } from "./authors";
import { memo } from "./memo";
import { idAt } from "./part";
import { nameInPlan } from "./places";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { type Stretch, stretchOf } from "./stretch";
import { type BegunSuggestion, Suggest } from "./suggestions";
import { editAim } from "./things";
import { Beside, SayAbout } from "./threads";
import type { PlanTyping } from "./typings";

/** The aim in one sentence: written together, though the core keeps no draft of it. */
export const AIM = { type: "aimSentence" } as const satisfies TextField;

const aimText = {
  isShared: true,
  edit: (text: string) => editAim("sentence", text),
  read: ({ project }: ProjectView) => project.aim.sentence,
};

interface PlanTextProps {
  label: string;
  hint?: string | undefined;
  /** Where it is, as comments name places. */
  place: string;
  field: (DraftField & TextField) | typeof AIM;
  text: string;
  rows?: number;
}

/** A text of the plan that people write together, with what was said about it beside it. */
export const PlanText = memo(function PlanText(props: PlanTextProps) {
  const { label, hint, place, field, text, rows = 2 } = props;
  const plan = usePlan();
  const typing = useRef<PlanTyping | undefined>(undefined);
  const [selected, setSelected] = useState<Selected | undefined>();
  const open: Kept["open"] = (on, show) => {
    typing.current =
      field.type === "aimSentence"
        ? plan.typingWhole(aimText, on, show)
        : plan.typing(field, on, show);
    return typing.current;
  };
  const version = async (): Promise<Version> =>
    (await typing.current?.settle()) ?? plan.view().version;
  // What was typed while the right was taken away stays in its field.
  const [wasOpen] = useState(plan.may.comment);
  if (!plan.may.comment && !wasOpen) return <Said {...props} />;
  return (
    <div class="plan-beside plan-beside--wide" id={idAt(place)} data-near>
      <TypedText
        label={label}
        hint={hint}
        where={`${plan.id} ${place}`}
        called={() => nameInPlan(place, plan.view().project)}
        text={text}
        rows={rows}
        readOnly={!plan.may.edit}
        open={open}
        onEnter={() => plan.enter(place)}
        onSelect={setSelected}
      >
        <WrittenBy field={field} text={text} />
        <AboutText place={place} label={label} selected={selected} version={version} />
      </TypedText>
      <Beside place={place} />
    </div>
  );
});

/** A text for who can only read it. An empty one is not shown. */
function Said({ label, place, field, text }: PlanTextProps) {
  if (text === "") return null;
  return (
    <div class="plan-beside plan-beside--wide" id={idAt(place)} data-near>
      <div class="nhsuk-form-group">
        <p class="nhsuk-label nhsuk-u-margin-bottom-1">{label}</p>
        <p class="plan-words">{text}</p>
        <WrittenBy field={field} text={text} />
      </div>
      <Beside place={place} />
    </div>
  );
}

interface AboutTextProps {
  place: string;
  label: string;
  selected: Selected | undefined;
  version(): Promise<Version>;
}

/** What can be said about a text, or about the words of it that are selected. */
function AboutText({ place, label, selected, version }: AboutTextProps) {
  const { id, may } = usePlan();
  const of = useOf();
  const kept = `${id} ${place} suggestion`;
  const [suggested, setSuggested] = useState<Stretch | undefined>(
    () => (begunAt(kept) as BegunSuggestion | undefined)?.about,
  );
  if (!may.comment) return null;
  if (suggested) {
    return (
      <div class="plan-about">
        <Suggest
          place={place}
          kept={kept}
          about={suggested}
          onDone={() => {
            setSuggested(undefined);
            focusFirst(document.getElementById(idAt(place)));
          }}
        />
      </div>
    );
  }
  return (
    <div class="plan-about plan-row">
      <SayAbout
        place={place}
        label={`Comment on ${label}${of}`}
        selected={selected}
        version={version}
      />
      {selected && (
        <Small onClick={() => setSuggested(stretchOf(selected, version))}>
          Suggest other words
        </Small>
      )}
    </div>
  );
}
