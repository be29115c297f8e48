import type { ReflectionView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { Form, useFilling } from "../../parts/form";
import { Opening } from "../../parts/opening";
import { forgetBegun, useWords } from "../../parts/unfinished";

/** Where a title is kept until it is given. */
function placeOf({ id }: ReflectionView): string {
  return `${id} title`;
}

/** Giving a reflection another title. */
export function Rename({ view }: { view: ReflectionView }) {
  return (
    <Opening
      place={placeOf(view)}
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
  const [title, setTitle] = useWords(placeOf(view), reflection.title);
  const filling = useFilling();
  const end = () => {
    forgetBegun(placeOf(view));
    onEnd();
  };
  const rename = async () => {
    await core.editReflection(id, version, [{ type: "title", title }]);
    end();
  };
  return (
    <Form filling={filling} onSubmit={() => void filling.take([], rename)}>
      <TextField label="Title" value={title} onInput={setTitle} />
      <div class="desk-row">
        <Button submit busy={filling.busy}>
          Save the title
        </Button>
        <Button kind="secondary" onClick={end}>
          Leave it
        </Button>
      </div>
    </Form>
  );
}
