import { useState } from "preact/hooks";
import type { Desk, Keeping } from "../core/desk";
import { type Fault, faultOf } from "../core/fault";
import { open } from "../core/start";
import { Button } from "../parts/button";
import { ErrorSummary, type FieldError } from "../parts/error_summary";
import { Radios, TextField } from "../parts/field";
import { FaultNotice } from "../parts/notice";
import { Title } from "../parts/title";
import { RecoveryKey } from "./recovery_key";

interface JoinProps {
  invitation: string;
  /** A core that is open and nobody's, if there is one. */
  desk?: Desk;
  onJoined(desk: Desk): void;
}

const choices: readonly { value: Keeping; text: string; hint: string }[] = [
  {
    value: "memory",
    text: "A shared computer",
    hint: "Nothing stays here when you sign out or close the browser. Your work is on the server.",
  },
  {
    value: "thisDevice",
    text: "My own device",
    hint: "Your work is kept here, encrypted, and you can go on without a connection.",
  },
];

/** The first screen: whose desk it becomes, and what stays on this computer. */
export function Join({ invitation, desk, onJoined }: JoinProps) {
  const [code, setCode] = useState(invitation);
  const [keeping, setKeeping] = useState<Keeping>(desk?.keeping ?? "memory");
  const [name, setName] = useState("");
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [fault, setFault] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<{ desk: Desk; recoveryKey: string }>();

  const join = async (event: Event) => {
    event.preventDefault();
    const invitation = code.trim();
    if (!invitation) {
      setErrors([{ field: "code", text: "Enter the code of your invitation" }]);
      return;
    }
    setErrors([]);
    setBusy(true);
    setFault(undefined);
    try {
      const here = desk?.keeping === keeping ? desk : await open(keeping);
      const called = name.trim() || usualName(keeping);
      const enrolment = await here.core.enrol(location.origin, invitation, called);
      if (enrolment.recoveryKey) {
        setMade({ desk: here, recoveryKey: enrolment.recoveryKey });
      } else {
        onJoined(here);
      }
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };

  if (made) {
    return <RecoveryKey words={made.recoveryKey} onKept={() => onJoined(made.desk)} />;
  }
  return (
    <form onSubmit={(event) => void join(event)} noValidate>
      <ErrorSummary errors={errors} />
      <Title text="Sign in to your desk" />
      <FaultNotice fault={fault} />
      <TextField
        id="code"
        label="Invitation code"
        hint="From whoever invited you, or from your phone: Devices, Add a device."
        value={code}
        onInput={setCode}
        error={errors[0]?.text}
      />
      <Radios
        id="keeping"
        label="What kind of computer is this?"
        value={keeping}
        choices={choices}
        onChange={(value) => setKeeping(value)}
      />
      {keeping === "thisDevice" && (
        <TextField
          id="name"
          label="A name for this device (optional)"
          hint="It is how you recognise it in the list of your devices."
          value={name}
          onInput={setName}
        />
      )}
      <Button submit busy={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function usualName(keeping: Keeping): string {
  return keeping === "memory" ? "A shared computer" : "A browser";
}
