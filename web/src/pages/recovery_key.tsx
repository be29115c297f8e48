import { useState } from "preact/hooks";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Button } from "../parts/button";
import { TextField } from "../parts/field";
import { FaultNotice, Notice } from "../parts/notice";
import { Title } from "../parts/title";

/** Opens the private documents of a person on this device with the key of their first one. */
export default function RecoveryKeyPage() {
  const account = useCore((core) => core.account(), ["account"]);
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  const use = useAction((core) => core.useRecoveryKey(typed.trim()));
  const submit = (event: Event) => {
    event.preventDefault();
    setError(typed.trim() ? undefined : "Enter your recovery key");
    if (typed.trim()) {
      void use.run();
    }
  };
  return (
    <>
      <Title text="Your private documents" />
      {account.value?.privateAccess === "open" ? (
        <Notice title="Open">
          <p>Your reflections and your record can be read here.</p>
        </Notice>
      ) : (
        <form onSubmit={submit} noValidate>
          <p>
            Your reflections and your record are sealed. The recovery key that your first device
            showed you opens them here; plans and what others share with you need no key.
          </p>
          <FaultNotice fault={use.fault} />
          <TextField label="Recovery key" value={typed} onInput={setTyped} error={error} />
          <Button submit busy={use.busy}>
            Open them
          </Button>
        </form>
      )}
    </>
  );
}
