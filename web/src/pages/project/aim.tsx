import type { ChangeProject } from "../../core/api";
import { aim as declared } from "./declared";
import { memo } from "./memo";
import { Part } from "./part";
import { Settable } from "./settable";
import { editAim } from "./things";
import { SayAbout } from "./threads";

/** What the plan wants to achieve, field by field. */
export const Aim = memo(function Aim({ aim }: { aim: ChangeProject["aim"] }) {
  return (
    <Part name="aim">
      <div class="plan-fields">
        {Object.entries(declared).map(([name, field]) => (
          <Settable
            key={name}
            field={field}
            place={`aim/${name.replace("byDate", "by_date")}`}
            value={Reflect.get(aim, name)}
            edit={(value) => editAim(name, value)}
          />
        ))}
      </div>
      <SayAbout place="aim/sentence" label="Comment on the aim" />
    </Part>
  );
});
