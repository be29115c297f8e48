import { useState } from "preact/hooks";
import type { Desk, Keeping } from "../core/desk";
import { open } from "../core/start";
import { Button } from "../parts/button";
import { Radios, TextField } from "../parts/field";
import { Form, lackingIf, useFilling } from "../parts/form";
import { Notice } from "../parts/notice";
import { Title } from "../parts/title";
import type { Brought } from "./fragment";
import { cutWords } from "./link_words";
import { RecoveryKey } from "./recovery_key";

interface JoinProps {
  /** The link with which somebody came here. */
  link: Brought;
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
export function Join({ link, desk, onJoined }: JoinProps) {
  const [code, setCode] = useState(link.type === "invitation" ? link.code : "");
  const [keeping, setKeeping] = useState<Keeping>(desk?.keeping ?? "memory");
  const [name, setName] = useState("");
  const filling = useFilling();
  const [made, setMade] = useState<{ desk: Desk; recoveryKey: string }>();

  const join = async () => {
    const here = desk?.keeping === keeping ? desk : await open(keeping);
    const called = name.trim() || usualName(keeping);
    const enrolment = await here.core.enrol(location.origin, code.trim(), called);
    if (enrolment.recoveryKey) {
      setMade({ desk: here, recoveryKey: enrolment.recoveryKey });
    } else {
      onJoined(here);
    }
  };
  const submit = () => {
    const lacking = lackingIf(!code.trim(), "code", "Enter the code of your invitation");
    void filling.take(lacking, join);
  };

  if (made) {
    return <RecoveryKey words={made.recoveryKey} onKept={() => onJoined(made.desk)} />;
  }
  return (
    <Form filling={filling} onSubmit={submit}>
      <Title text="Sign in to your desk" />
      {link.type === "cut" && <Cut />}
      <TextField
        id="code"
        label="Invitation code"
        hint="From whoever invited you, or from your phone: Devices, Add a device."
        value={code}
        onInput={setCode}
        error={filling.error("code")}
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
      <Button submit busy={filling.busy}>
        {filling.busy ? "Signing in…" : "Sign in"}
      </Button>
    </Form>
  );
}

/** Who has the code itself can still go on with it. */
function Cut() {
  const { title, words } = cutWords("invitation");
  return (
    <Notice title={title}>
      <p>{words}</p>
    </Notice>
  );
}

function usualName(keeping: Keeping): string {
  return keeping === "memory" ? "A shared computer" : "A browser";
}
