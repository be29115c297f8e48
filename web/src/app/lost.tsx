import { useCallback } from "preact/hooks";
import { HeldHere } from "../pages/held_here";
import { Button } from "../parts/button";
import { Title } from "../parts/title";
import { halfWrittenWords } from "../parts/unfinished";
import { Frame } from "./frame";
import { useIdleness } from "./idle";

/**
 * The program that held the work in memory is gone. What still is on the page can be copied; when
 * nobody touches it that goes too, as with the lock.
 */
export function Lost() {
  const begin = useCallback(() => location.replace("/"), []);
  useIdleness(begin, true);
  const forms = halfWrittenWords();
  return (
    <Frame>
      <Title text="The desk stopped" />
      <p>
        The program that held your work in this window stopped. What was sent is on the server. What
        else you were writing is below, as far as this page still has it.
      </p>
      <HeldHere />
      {forms.length > 0 && (
        <>
          <h2>In forms that were not sent</h2>
          <ul class="desk-list">
            {forms.map((words, index) => (
              <li key={index}>
                <p class="desk-prose">{words.join("\n")}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button onClick={begin}>Sign in again</Button>
    </Frame>
  );
}
