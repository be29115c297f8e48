import { useState } from "preact/hooks";
import { useEnd } from "../app/who";
import type { Unsent } from "../core/api";
import { useDesk } from "../core/desk";
import { settleAll, signOut } from "../core/leaving";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Button } from "../parts/button";
import { Checkbox } from "../parts/field";
import { FaultNotice } from "../parts/notice";
import { counted } from "../parts/time";
import { Title } from "../parts/title";
import { useUnfinishedTexts } from "../parts/unfinished";
import { unsentInWords } from "../parts/unsent_words";
import { HeldHere } from "./held_here";

/** Signing out: what is not sent yet is said first, and then everything here is wiped. */
export default function SignOutPage() {
  const unsent = useCore((core) => core.unsent(), ["status", "documents", "drafts", "quarantine"]);
  return (
    <>
      <Title text="Sign out" />
      <Answer asked={unsent}>{(value) => <Leaving unsent={value} />}</Answer>
    </>
  );
}

function Leaving({ unsent }: { unsent: Unsent }) {
  const desk = useDesk();
  const end = useEnd();
  const [loses, setLoses] = useState(false);
  const send = useAction(async (core) => {
    await settleAll(core);
    await desk.sync();
  });
  const leave = useAction(async () => {
    const isTold = await signOut(desk, unsent.confirmation);
    end(
      isTold
        ? "Nothing of yours is left in this browser."
        : "Nothing of yours is left in this browser. The server could not be told: end this device from another of your devices.",
    );
  });
  const unkept = useUnfinishedTexts();
  const isClear = unsent.confirmation === null && unkept === 0;
  return (
    <>
      <p>Signing out wipes everything here. What is on the server stays there.</p>
      <FaultNotice fault={send.fault ?? leave.fault} />
      {!isClear && (
        <>
          <div class="nhsuk-inset-text">
            {unsent.confirmation !== null && <p>Only on this computer: {unsentInWords(unsent)}.</p>}
            {unkept > 0 && (
              <p>Only in this window: {counted(unkept, "text")} not finished, or not kept yet.</p>
            )}
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
          {isClear ? "Sign out" : "Sign out and lose it"}
        </Button>
      )}
    </>
  );
}
