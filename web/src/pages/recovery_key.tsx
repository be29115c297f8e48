import { useState } from "preact/hooks";
import { useDesk } from "../core/desk";
import { useCore } from "../core/use_core";
import { Button } from "../parts/button";
import { TextField } from "../parts/field";
import { Form, lackingIf, useFilling } from "../parts/form";
import { Notice } from "../parts/notice";
import { Title } from "../parts/title";

/** Opens the private documents of a person on this device with the key of their first one. */
export default function RecoveryKeyPage() {
  const { core } = useDesk();
  const account = useCore((core) => core.account(), ["account"]);
  const [typed, setTyped] = useState("");
  const filling = useFilling();
  const submit = () => {
    const lacking = lackingIf(!typed.trim(), "key", "Enter your recovery key");
    void filling.take(lacking, () => core.useRecoveryKey(typed.trim()));
  };
  return (
    <>
      <Title text="Your private documents" />
      {account.value?.privateAccess === "open" ? (
        <Notice title="Open">
          <p>Your reflections and your record can be read here.</p>
        </Notice>
      ) : (
        <Form filling={filling} onSubmit={submit}>
          <p>
            Your reflections and your record are closed here. The recovery key that your first
            device showed you opens them here; plans and what others share with you need no key.
          </p>
          <TextField
            id="key"
            label="Recovery key"
            value={typed}
            onInput={setTyped}
            error={filling.error("key")}
          />
          <Button submit busy={filling.busy}>
            Open them
          </Button>
        </Form>
      )}
    </>
  );
}
