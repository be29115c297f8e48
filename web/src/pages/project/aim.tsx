import type { ChangeProject } from "../../core/api";
import { aim as declared } from "./declared";
import { memo } from "./memo";
import { Part } from "./part";
import { Settable } from "./settable";
import { AIM, PlanText } from "./text";
import { editAim, snake } from "./things";

const { sentence, ...fields } = declared;

/** What the plan wants to achieve, field by field. */
export const Aim = memo(function Aim({ aim }: { aim: ChangeProject["aim"] }) {
  return (
    <Part name="aim">
      <PlanText
        label={sentence.label}
        hint={sentence.hint}
        place="aim/sentence"
        field={AIM}
        text={aim.sentence}
        rows={1}
      />
      <div class="plan-fields">
        {Object.entries(fields).map(([name, field]) => (
          <Settable
            key={name}
            field={field}
            place={`aim/${snake(name)}`}
            value={Reflect.get(aim, name)}
            edit={(value) => editAim(name, value)}
          />
        ))}
      </div>
    </Part>
  );
});
