import { useState } from "preact/hooks";
import type { ReflectionView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";

/** Giving a reflection another title. */
export function Rename({ view: { id, version, reflection } }: { view: ReflectionView }) {
  const [title, setTitle] = useState<string>();
  const rename = useAction((core, text: string) =>
    core.editReflection(id, version, [{ type: "title", title: text }]),
  );
  if (title === undefined) {
    return (
      <p>
        <Button kind="secondary" onClick={() => setTitle(reflection.title)}>
          Change the title
        </Button>
      </p>
    );
  }
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await rename.run(title)) setTitle(undefined);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <FaultNotice fault={rename.fault} />
      <TextField label="Title" value={title} onInput={setTitle} />
      <div class="desk-row">
        <Button submit busy={rename.busy}>
          Save the title
        </Button>
        <Button kind="secondary" onClick={() => setTitle(undefined)}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
