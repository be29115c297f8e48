import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { LearningCore } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { ErrorSummary, type FieldError } from "../../parts/error_summary";
import { Radios, TextField } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Title } from "../../parts/title";
import { useBegun } from "../../parts/unfinished";

/** From what a plan is begun: nothing, a recipe of the programme, or one that somebody made. */
const NOTHING = "nothing";
const FILE = "file";
const KEY = "recipe:";

const EMPTY: Wanted = { title: "", setting: "", topic: "", from: NOTHING, recipe: "" };
const TYPED = ["title", "setting"] as const;

/** Begins a plan, empty or from a recipe. */
export default function NewProjectPage() {
  const { said, say, end } = useBegun("new plan", EMPTY, TYPED);
  const { title, setting, topic, from, recipe } = said;
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const recipes = useCore((core) => core.recipes(), ["packs"]);
  const create = useAction(async (core) => {
    const id = await created(core, said);
    end();
    location.hash = link("/projects/:id", { id });
  });
  const begin = (event: Event) => {
    event.preventDefault();
    const wrong = mistakes(said);
    setErrors(wrong);
    if (wrong.length === 0) void create.run();
  };
  const error = (field: string) => errors.find((one) => one.field === field)?.text;
  const choices = [
    { value: NOTHING, text: "Nothing: an empty plan" },
    ...(recipes.value ?? []).map(({ key, title, summary }) => ({
      value: KEY + key,
      text: title,
      hint: summary,
    })),
    { value: FILE, text: "A recipe that somebody gave you" },
  ];
  return (
    <>
      <Title text="Begin a plan" />
      <ErrorSummary errors={errors} />
      <form onSubmit={begin} noValidate>
        <Radios
          label="Begin from"
          value={from}
          choices={choices}
          onChange={(from) => say({ from })}
        />
        {from === FILE && (
          <RecipeFile
            error={error("recipe")}
            onRead={(recipe) => say({ recipe })}
            isRead={recipe !== ""}
          />
        )}
        <TextField
          id="title"
          label={from === NOTHING ? "Title" : "Title (empty: that of the recipe)"}
          value={title}
          error={error("title")}
          onInput={(title) => say({ title })}
        />
        <TextField
          label="Where it takes place (you can leave this empty)"
          hint="A ward, a practice or a community."
          value={setting}
          onInput={(setting) => say({ setting })}
        />
        {from === NOTHING && <Domain topic={topic} onChange={(topic) => say({ topic })} />}
        <FaultNotice fault={create.fault} />
        <Button submit busy={create.busy}>
          Begin the plan
        </Button>
      </form>
    </>
  );
}

/** The domain of the programme that the plan belongs to. */
function Domain({ topic, onChange }: { topic: string; onChange(topic: string): void }) {
  const programme = useCore((core) => core.programme(), ["packs"]);
  const domains = programme.value?.domains ?? [];
  if (domains.length === 0) return null;
  const choices = [
    { value: "", text: "None yet" },
    ...domains.map(({ key, title }) => ({ value: key, text: title })),
  ];
  return <Radios label="Domain" value={topic} choices={choices} onChange={onChange} />;
}

interface RecipeFileProps {
  error: string | undefined;
  isRead: boolean;
  onRead(text: string): void;
}

function RecipeFile({ error, isRead, onRead }: RecipeFileProps) {
  const read = async (input: HTMLInputElement) => onRead((await input.files?.[0]?.text()) ?? "");
  return (
    <div class={`nhsuk-form-group${error ? " nhsuk-form-group--error" : ""}`}>
      <label class="nhsuk-label" for="recipe">
        The file of the recipe
      </label>
      {error && <span class="nhsuk-error-message">{error}</span>}
      <input
        class="nhsuk-file-upload"
        id="recipe"
        type="file"
        accept=".json,application/json,text/plain"
        onChange={(event) => void read(event.currentTarget)}
      />
      {isRead && <p class="nhsuk-hint">The recipe was read.</p>}
    </div>
  );
}

interface Wanted {
  title: string;
  setting: string;
  topic: string;
  from: string;
  recipe: string;
}

async function created(core: LearningCore, wanted: Wanted) {
  const { title, setting, topic, from, recipe } = wanted;
  if (from === NOTHING) return core.createProject(title.trim(), topic, setting.trim());
  const source =
    from === FILE
      ? { type: "text" as const, value: recipe }
      : { type: "pack" as const, value: from.slice(KEY.length) };
  return core.createProjectFrom(source, title.trim(), setting.trim());
}

function mistakes({ title, from, recipe }: Omit<Wanted, "setting" | "topic">): FieldError[] {
  const wrong: FieldError[] = [];
  if (from === FILE && recipe === "") {
    wrong.push({ field: "recipe", text: "Choose the file of a recipe." });
  }
  if (from === NOTHING && title.trim() === "") {
    wrong.push({ field: "title", text: "Enter a title." });
  }
  return wrong;
}
