import type { AnchorStanding } from "../../core/api";

/** Where what was said something about stands now, if it is not simply there. */
export function Standing({ standing }: { standing: AnchorStanding }) {
  const words = {
    here: "",
    at: "",
    deletedText: "The words it is about were deleted.",
    takenBack: "It is about something that was taken back.",
    notHere: "It is about something that is not on this device.",
  }[standing.type];
  return words ? <p class="plan-quiet">{words}</p> : null;
}
