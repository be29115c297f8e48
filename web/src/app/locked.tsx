import { useEffect, useState } from "preact/hooks";
import type { Unsent } from "../core/api";
import { useDesk } from "../core/desk";
import { enrolledPerson } from "../core/enrolled_person";
import { settleAll, signOut } from "../core/leaving";
import { useAction } from "../core/use_action";
import { Button } from "../parts/button";
import { Checkbox, TextField } from "../parts/field";
import { Form, lackingIf, useFilling } from "../parts/form";
import { FaultNotice } from "../parts/notice";
import { counted } from "../parts/time";
import { Title } from "../parts/title";
import { unfinishedTexts } from "../parts/unfinished";
import { unsentInWords } from "../parts/unsent_words";
import { Frame } from "./frame";
import { useAccount, useEnd } from "./who";

/** How long until sending is tried once more. */
const triesEvery = 20_000;

/** On one's own device the lock of the device keeps others out; this one covers the screen. */
export function LockedHere({ onUnlock }: { onUnlock(): void }) {
  return (
    <Frame>
      <Title text="The desk is locked" />
      <p>Nobody used it for a while. What you wrote is kept on this device.</p>
      <Button onClick={onUnlock}>Go on</Button>
    </Frame>
  );
}

/**
 * On a shared computer what was written is sent and then everything is wiped. While something cannot
 * be sent it is kept, and only the person themselves comes back to it.
 */
export function LockedShared({ onUnlock }: { onUnlock(): void }) {
  const desk = useDesk();
  const end = useEnd();
  const [waiting, setWaiting] = useState<NotSent>();
  useEffect(() => {
    let over = false;
    async function leave() {
      await settleAll(desk.core);
      await desk.sync().catch(() => {});
      const left = await desk.core.unsent();
      const texts = unfinishedTexts();
      if (over) {
        return;
      }
      if (left.confirmation || texts > 0) {
        setWaiting({ unsent: left, texts });
      } else {
        await signOut(desk);
        end("Nobody used the desk for a while. What you wrote was sent, and nothing is left here.");
      }
    }
    const attempt = () => void leave().catch(() => {});
    attempt();
    const timer = setInterval(attempt, triesEvery);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [desk, end]);
  return (
    <Frame>
      <Title text="The desk is locked" />
      <p>Nobody used it for a while.</p>
      {waiting ? <Waiting {...waiting} onUnlock={onUnlock} /> : <p>Sending what you wrote…</p>}
    </Frame>
  );
}

/** What is in this window alone. */
interface NotSent {
  unsent: Unsent;
  /** Texts in open forms. */
  texts: number;
}

function Waiting({ unsent, texts, onUnlock }: NotSent & { onUnlock(): void }) {
  const desk = useDesk();
  const end = useEnd();
  const [loses, setLoses] = useState(false);
  const lose = useAction(async () => {
    await signOut(desk, unsent.confirmation);
    end("What had not been sent is lost, as you said. Nothing is left here.");
  });
  return (
    <>
      <div class="nhsuk-inset-text" role="status">
        {unsent.confirmation && (
          <p>
            Only in this window: {unsentInWords(unsent)}. What can be sent is sent when the server
            can be reached; then you are signed out.
          </p>
        )}
        {texts > 0 && <p>{counted(texts, "text")} in an open form, which only you can send.</p>}
      </div>
      <Unlock onUnlock={onUnlock} />
      <h2>Or leave it</h2>
      <div class="nhsuk-form-group">
        <Checkbox label="Sign out and lose what was not sent" checked={loses} onChange={setLoses} />
      </div>
      <FaultNotice fault={lose.fault} />
      {loses && (
        <Button kind="warning" busy={lose.busy} onClick={() => void lose.run()}>
          Sign out and lose it
        </Button>
      )}
    </>
  );
}

/** Who shows a fresh code of the same person comes back to what waits here. */
function Unlock({ onUnlock }: { onUnlock(): void }) {
  const { person } = useAccount();
  const [code, setCode] = useState("");
  const [isOthers, setIsOthers] = useState(false);
  const filling = useFilling();
  const unlock = async () => {
    const shown = await enrolledPerson(code.trim());
    setIsOthers(shown.id !== person.id);
    if (shown.id === person.id) onUnlock();
  };
  const submit = () => {
    void filling.take(lackingIf(!code.trim(), "unlock", "Enter a code"), unlock);
  };
  return (
    <Form filling={filling} onSubmit={submit}>
      <TextField
        id="unlock"
        label={`A code of ${person.name}, to go on here`}
        hint="On your phone: Devices, Add a device."
        value={code}
        onInput={setCode}
        error={isOthers ? "This code is of somebody else" : filling.error("unlock")}
      />
      <Button submit busy={filling.busy}>
        Unlock
      </Button>
    </Form>
  );
}
