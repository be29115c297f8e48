import { SignOffsOf } from "../sign_off/of";
import { Part } from "./part";
import { usePlan } from "./plan";

/** What was asked to be signed of the plan, and asking for a sign-off of it as it stands. */
export function PlanSignOffs() {
  const { id, may, settle } = usePlan();
  const ask = may.edit
    ? { subject: { type: "project" as const, id }, what: "this plan", settle }
    : undefined;
  return (
    <Part name="signOffs">
      <SignOffsOf id={id} ask={ask} />
    </Part>
  );
}
