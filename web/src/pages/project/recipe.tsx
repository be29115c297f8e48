import "../../parts/sheet.scss";
import type { Params } from "../../app/routes";
import type { DocumentId } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { OfAddress } from "../../parts/of_address";
import { Title } from "../../parts/title";
import { download } from "../download";
import { BackToPlan } from "./back_to_plan";
import { aim, type Field, fieldsOf, type ItemNoun, names } from "./declared";
import { Facts } from "./facts";
import { fileName } from "./file_name";
import { camel, upperFirst } from "./things";
import * as words from "./words";

/** A recipe as its file has it: see the core, which writes and reads it. */
interface Recipe {
  title: string;
  aim: Said;
  sections: Readonly<Record<string, string>>;
  drivers: readonly RecipeDriver[];
  stakeholders: readonly Said[];
  team: readonly string[];
  measures: readonly Said[];
}

interface RecipeDriver {
  name: string;
  ideas: readonly { text: string; rationale: string }[];
  secondary: readonly RecipeDriver[];
}

/** What a thing says, by the names that files have for its fields. */
type Said = Readonly<Record<string, string | number | null>>;

/** A plan as a recipe for others: to be read for names first, printed, or kept as a file. */
export default function RecipePage({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const asked = useCore((core) => core.recipe(id), { topics: ["documents"], document: id }, [id]);
  return (
    <OfAddress asked={asked}>
      {(text) => (
        <>
          <BackToPlan id={id} />
          <Title text="The recipe" />
          <p>
            The structure and the texts of the plan without data, names of members or accounts. Read
            it for names in the texts before you give it to others. Who has the file begins a plan
            from it.
          </p>
          <Shown text={text} recipe={JSON.parse(text)} />
        </>
      )}
    </OfAddress>
  );
}

function Shown({ text, recipe }: { text: string; recipe: Recipe }) {
  const save = () => download(`${fileName(recipe.title)}.recipe.json`, "application/json", text);
  return (
    <>
      <div class="desk-row">
        <Button onClick={save}>Save it as a file</Button>
        <Button kind="secondary" onClick={() => print()}>
          Print it
        </Button>
      </div>
      <article class="desk-paper" aria-label="The recipe">
        <Text recipe={recipe} />
      </article>
    </>
  );
}

function Text({ recipe }: { recipe: Recipe }) {
  return (
    <>
      <h2>{recipe.title}</h2>
      <SaidFacts title="Aim" fields={aim} said={recipe.aim} />
      {Object.entries(recipe.sections).map(([section, said]) => (
        <section key={section}>
          <h3>{words.section[camel(section) as keyof typeof words.section] ?? section}</h3>
          <p class="desk-prose">{said}</p>
        </section>
      ))}
      {recipe.drivers.length > 0 && (
        <section>
          <h3>Drivers and change ideas</h3>
          <Drivers drivers={recipe.drivers} />
        </section>
      )}
      <Things noun="measure" things={recipe.measures} />
      <Things noun="stakeholder" things={recipe.stakeholders} />
      {recipe.team.length > 0 && (
        <section>
          <h3>Team</h3>
          <ul>
            {recipe.team.map((role, index) => (
              <li key={index}>{role || "A role without a name"}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Drivers({ drivers }: { drivers: readonly RecipeDriver[] }) {
  return (
    <ul>
      {drivers.map(({ name, ideas, secondary }, index) => (
        <li key={index}>
          {name || "A driver without a name"}
          {ideas.length > 0 && (
            <ul>
              {ideas.map(({ text, rationale }, at) => (
                <li key={at}>
                  To be tested: {text}
                  {rationale && ` (${rationale})`}
                </li>
              ))}
            </ul>
          )}
          {secondary.length > 0 && <Drivers drivers={secondary} />}
        </li>
      ))}
    </ul>
  );
}

function Things({ noun, things }: { noun: ItemNoun; things: readonly Said[] }) {
  const [one] = names[noun];
  return (
    <>
      {things.map((said, index) => (
        <SaidFacts
          key={index}
          title={`${upperFirst(one)} ${index + 1}`}
          fields={fieldsOf(noun)}
          said={said}
        />
      ))}
    </>
  );
}

interface SaidProps {
  title: string;
  fields: Readonly<Record<string, Field>>;
  said: Said;
}

/** What a thing says, field by field. What says nothing is left out. */
function SaidFacts({ title, fields, said }: SaidProps) {
  const facts = Object.entries(said).flatMap(([name, value]) => {
    const field = fields[camel(name)];
    if (!field || value === null || value === "") return [];
    const isWord = field.kind === "words";
    const text = isWord ? (field.words[camel(String(value))] ?? String(value)) : String(value);
    return [{ label: field.label, text }];
  });
  return <Facts title={title} facts={facts} />;
}
