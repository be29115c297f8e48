import { useState } from "preact/hooks";
import type { Unsent } from "../core/api";
import { useDesk } from "../core/desk";
import { settleAll, signOut } from "../core/leaving";
import { useAction } from "../core/use_action";
import { HeldHere } from "../pages/held_here";
import { Button } from "../parts/button";
import { Checkbox } from "../parts/field";
import { FaultNotice } from "../parts/notice";
import { counted } from "../parts/time";
import { useUnfinishedTexts } from "../parts/unfinished";
import { unsentInWords } from "../parts/unsent_words";

interface SigningOutProps {
  unsent: Unsent;
  /** What the button says where nothing is lost by it. */
  words: string;
  onEnd(words: string): void;
}

/** The steps of signing out, with what would be lost by it. */
export function SigningOut({ unsent, words, onEnd }: SigningOutProps) {
  const desk = useDesk();
  const [loses, setLoses] = useState(false);
  const send = useAction(async (core) => {
    await settleAll(core);
    await desk.sync();
  });
  const leave = useAction(async () => {
    const isTold = await signOut(desk, unsent.confirmation);
    onEnd(
      isTold
        ? "Nothing of yours is left in this browser."
        : "Nothing of yours is left in this browser. The server could not be told: end this device from another of your devices.",
    );
  });
  const isSent = unsent.confirmation === null;
  const texts = useUnfinishedTexts();
  const isClear = isSent && texts === 0;
  return (
    <>
      <p>Signing out wipes everything here. What is on the server stays there.</p>
      <FaultNotice fault={send.fault ?? leave.fault} />
      {!isClear && (
        <>
          <div class="nhsuk-inset-text">
            {!isSent && <p>Only on this computer: {unsentInWords(unsent)}.</p>}
            {texts > 0 && <p>Only here: {counted(texts, "text")} not finished, or not kept yet.</p>}
            <HeldHere />
          </div>
          <Button busy={send.busy} onClick={() => void send.run()}>
            {send.busy ? "Sending…" : "Send it first"}
          </Button>
          <div class="nhsuk-form-group">
            <Checkbox
              label="Sign out and lose what was not sent"
              checked={loses}
              onChange={setLoses}
            />
          </div>
        </>
      )}
      {(isClear || loses) && (
        <Button
          kind={isClear ? "primary" : "warning"}
          busy={leave.busy}
          onClick={() => void leave.run()}
        >
          {isClear ? words : "Sign out and lose it"}
        </Button>
      )}
    </>
  );
}
