import { Button } from "../parts/button";
import { useUnfinishedTexts } from "../parts/unfinished";
import { giveUp, heldTexts } from "../typing/held";

/** Texts that could not be kept, as when a right was taken away: they are in this window alone. */
export function HeldHere() {
  // A text that comes to be held, or is let go, changes how many there are.
  useUnfinishedTexts();
  const texts = heldTexts();
  if (texts.length === 0) return null;
  return (
    <>
      <h2>Only in this window</h2>
      <p>What you wrote here could not be kept. Copy it before you close the window.</p>
      <ul class="desk-list">
        {texts.map(({ place, called, text }) => (
          <li key={place}>
            <p class="nhsuk-u-margin-bottom-1">
              <strong>{called}</strong>
            </p>
            <p class="desk-prose">{text}</p>
            <div class="desk-row">
              <Button kind="secondary" onClick={() => void navigator.clipboard?.writeText(text)}>
                Copy it
              </Button>
              <Button kind="secondary" onClick={() => giveUp(place)}>
                I do not need it
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
