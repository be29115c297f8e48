import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type {
  LearningCore,
  SignOffAnswer,
  SignOffDecision,
  SignOffRequestView,
  SupervisorRole,
} from "../../core/api";
import { useDesk } from "../../core/desk";
import { Button } from "../../parts/button";
import type { FieldError } from "../../parts/error_summary";
import { Select, TextArea } from "../../parts/field";
import { Form, lackingIf, useFilling } from "../../parts/form";
import { Notice } from "../../parts/notice";
import { useBegun } from "../../parts/unfinished";
import { SeenFirst } from "../seen_first";
import { Sure } from "./sure";
import { roles } from "./words";

interface AnswerFormProps {
  /** What is signed. */
  request: SignOffRequestView;
  /** Who signs, with who witnesses it. */
  by: string;
  /** Where the words are kept until they are sent. */
  place: string;
  /** What the two fields are called: they are of whoever signs. */
  words: { role: string; statement: string };
  /** As what they sign, as far as that is known. */
  known: SupervisorRole | "";
  /** What is filled in before that, and what lacks in it. */
  children?: ComponentChildren;
  lacking?(): readonly FieldError[];
  give(core: LearningCore, answer: SignOffAnswer): Promise<unknown>;
  onDone(decision: SignOffDecision): void;
}

const TYPED = ["statement"] as const;

/** Signing or returning in two steps, as what somebody does it, and what they say. */
export function AnswerForm(props: AnswerFormProps) {
  const { request, by, place, words, known, children, lacking, give, onDone } = props;
  const ids = useId();
  const [roleId, statementId] = [`${ids}-role`, `${ids}-statement`];
  const { said, say, end } = useBegun(place, { role: known, statement: "" }, TYPED);
  const { role, statement } = said;
  const [decided, setDecided] = useState<SignOffDecision>("signed");
  const [isAsked, setIsAsked] = useState(false);
  const filling = useFilling();
  const { core, sync } = useDesk();
  const decide = (decision: SignOffDecision) => {
    setDecided(decision);
    const isUnsaid = decision === "returned" && statement.trim() === "";
    const lacks = [
      ...(lacking?.() ?? []),
      ...lackingIf(role === "", roleId, "Choose the role in which it is signed"),
      ...lackingIf(isUnsaid, statementId, "Say what is missing, so that it can be put right"),
    ];
    void filling.take(lacks, async () => setIsAsked(true));
  };
  const sign = () => {
    setIsAsked(false);
    void filling.take([], async () => {
      if (role === "") return;
      await give(core, { decision: decided, role, statement });
      end();
      onDone(decided);
      // It is safe here whatever becomes of this; what fails is tried again by itself.
      sync().catch(() => {});
    });
  };
  const { error, busy } = filling;
  const fault = (
    <SeenFirst fault={filling.fault} about={request.id} words={[statement]} again={sign} />
  );
  return (
    <Form filling={filling} fault={fault}>
      {children}
      <Select
        label={words.role}
        hint="Readers are told whether the placement, or the server, names the same role."
        id={roleId}
        error={error(roleId)}
        value={role}
        choices={[{ value: "", text: "Choose" }, ...roles]}
        onChange={(role) => say({ role })}
      />
      <TextArea
        label={words.statement}
        hint="It is signed with the text. To return the work, say what is missing."
        id={statementId}
        error={error(statementId)}
        value={statement}
        onInput={(statement) => say({ statement })}
      />
      <div class="desk-row">
        <Button busy={busy} onClick={() => decide("signed")}>
          Check and sign
        </Button>
        <Button kind="secondary" busy={busy} onClick={() => decide("returned")}>
          Check and return
        </Button>
      </div>
      {isAsked && (
        <Sure
          view={request}
          decision={decided}
          by={by}
          role={roles.find(({ value }) => value === role)?.text ?? ""}
          statement={statement}
          onSure={sign}
          onBack={() => setIsAsked(false)}
        />
      )}
    </Form>
  );
}

/** That it was answered. */
export function Answered({ decision }: { decision: SignOffDecision }) {
  const text = decision === "signed" ? "Signed" : "Returned";
  return (
    <Notice title={text} kind="good">
      <p>The answer is saved here, and is sent as soon as there is a connection.</p>
    </Notice>
  );
}
