import { useState } from "preact/hooks";
import type { ProjectEdit, Version } from "../../core/api";
import type { Fault } from "../../core/fault";
import { useBegun } from "../../parts/unfinished";
import type { Field } from "./declared";
import { usePlan } from "./plan";
import { readAs } from "./reading";
import { unitAt } from "./things";
import { inWords } from "./value";

interface Begun {
  /** What was typed; undefined while nothing was. */
  typed: string | undefined;
  /** The version that this person saw when they began. */
  base: Version | undefined;
}

const NOTHING: Begun = { typed: undefined, base: undefined };
const TYPED = ["typed"] as const;

interface Value {
  field: Field;
  place: string;
  value: unknown;
  edit(value: unknown): ProjectEdit;
}

/**
 * A value that is set when its field is left, and stays in it if it could not be taken. It disagrees
 * with what others set since this person began to type.
 */
export function useTyped({ field, place, value, edit }: Value) {
  const plan = usePlan();
  const begun = useBegun(`${plan.id} ${place} typed`, NOTHING, TYPED);
  const { typed, base } = begun.said;
  const [fault, setFault] = useState<Fault>();
  const said = inWords(value);
  const type = (typed: string) => begun.say({ typed, base: base ?? plan.view().version });
  const leave = async () => {
    if (typed === undefined) return;
    if (typed === said) {
      setFault(undefined);
      return begun.end();
    }
    const read = readAs(field, typed, unitAt(plan.view().project, place));
    if ("why" in read) return setFault({ code: "invalid_input", words: read.why });
    const refused = await plan.edit([edit(read.value)], base);
    setFault(refused);
    if (!refused) begun.end();
  };
  return { typed, said, fault, type, leave };
}
