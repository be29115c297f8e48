import { useState } from "preact/hooks";
import type { ReflectionView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { Form, useFilling } from "../../parts/form";
import { Opening } from "../../parts/opening";

/** Giving a reflection another title. */
export function Rename({ view }: { view: ReflectionView }) {
  return (
    <Opening
      button={(open) => (
        <p>
          <Button kind="secondary" onClick={open}>
            Change the title
          </Button>
        </p>
      )}
    >
      {(close) => <Renaming view={view} onEnd={close} />}
    </Opening>
  );
}

function Renaming({ view, onEnd }: { view: ReflectionView; onEnd(): void }) {
  const { id, version, reflection } = view;
  const { core } = useDesk();
  const [title, setTitle] = useState(reflection.title);
  const filling = useFilling();
  const rename = async () => {
    await core.editReflection(id, version, [{ type: "title", title }]);
    onEnd();
  };
  return (
    <Form filling={filling} onSubmit={() => void filling.take([], rename)}>
      <TextField label="Title" value={title} onInput={setTitle} />
      <div class="desk-row">
        <Button submit busy={filling.busy}>
          Save the title
        </Button>
        <Button kind="secondary" onClick={onEnd}>
          Leave it
        </Button>
      </div>
    </Form>
  );
}
