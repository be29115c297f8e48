import { useState } from "preact/hooks";
import { useDesk } from "../../core/desk";
import { type Fault, faultOf } from "../../core/fault";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { Part } from "./part";
import { usePlan } from "./plan";
import { Small } from "./remark";
import { useSharing } from "./sharing_check";

/** The plan as one page for a panel, and as a recipe for others. */
export function Paper({ title }: { title: string }) {
  const { id, settle } = usePlan();
  const { core } = useDesk();
  const [recipe, setRecipe] = useState<string>();
  const [fault, setFault] = useState<Fault>();
  const sharing = useSharing();
  const makePage = () =>
    sharing.share(async (core, acknowledged) => {
      const page = acknowledged
        ? await core.projectPageAcknowledged(id, acknowledged)
        : await core.projectPage(id);
      keep(page, `${fileName(title)}.html`, "text/html");
    });
  const makeRecipe = async () => {
    try {
      await settle();
      setRecipe(await core.recipe(id));
      setFault(undefined);
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <Part name="paper">
      <p>
        The one page is what goes to a panel: all of the plan on a sheet of A4, which anybody can
        check against the plan. It is saved as a file; open it to read or print it.
      </p>
      <div class="plan-row">
        <Button kind="secondary" busy={sharing.isBusy} onClick={() => void makePage()}>
          Save the one page
        </Button>
        <Button kind="secondary" onClick={() => print()}>
          Print the plan as it is here
        </Button>
        <Button kind="secondary" onClick={() => void makeRecipe()}>
          Make a recipe of it
        </Button>
      </div>
      {sharing.shown}
      <FaultNotice fault={fault} />
      {recipe !== undefined && (
        <Recipe text={recipe} title={title} onClose={() => setRecipe(undefined)} />
      )}
    </Part>
  );
}

interface RecipeProps {
  text: string;
  title: string;
  onClose(): void;
}

function Recipe({ text, title, onClose }: RecipeProps) {
  return (
    <>
      <p>
        A recipe has the structure and the texts of the plan without data, names or accounts. Read
        it for names before you give it to others.
      </p>
      <div class="plan-row">
        <Button onClick={() => keep(text, `${fileName(title)}.recipe.json`, "application/json")}>
          Save the recipe
        </Button>
        <Small onClick={onClose}>Close</Small>
      </div>
      <pre class="plan-recipe">{text}</pre>
    </>
  );
}

/** Gives a text to the browser to be kept as a file. */
function keep(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function fileName(title: string): string {
  const letters = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return letters.replace(/^-|-$/g, "").slice(0, 60) || "plan";
}
