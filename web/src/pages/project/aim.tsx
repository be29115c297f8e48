import type { ChangeProject, TextField } from "../../core/api";
import { WrittenBy } from "./authors";
import { aim as declared } from "./declared";
import { memo } from "./memo";
import { Part } from "./part";
import { Settable } from "./settable";
import { editAim, snake } from "./things";
import { SayAbout } from "./threads";

const SENTENCE: TextField = { type: "aimSentence" };

/** What the plan wants to achieve, field by field. */
export const Aim = memo(function Aim({ aim }: { aim: ChangeProject["aim"] }) {
  return (
    <Part name="aim">
      <div class="plan-fields">
        {Object.entries(declared).map(([name, field]) => (
          <Settable
            key={name}
            field={field}
            place={`aim/${snake(name)}`}
            value={Reflect.get(aim, name)}
            edit={(value) => editAim(name, value)}
          />
        ))}
      </div>
      <WrittenBy field={SENTENCE} text={aim.sentence} />
      <SayAbout place="aim/sentence" label="Comment on the aim" />
    </Part>
  );
});
