/**
 * Reads the text of a plan that the core wrote for others, in which a thing is its name and a line
 * for each field, `chart: days_between`: a ticket shows it, and it is what is signed.
 */

import { dayInWords } from "../../parts/days";
import { aim, type Field, fieldsOf, type ItemNoun, names } from "./declared";
import type { Fact } from "./facts";
import { camel, snake, upperFirst } from "./things";
import * as words from "./words";

/** A part of a text as it was written: its heading, and what stands below. */
export interface Written {
  readonly heading: string;
  readonly text: string;
}

/** A part of it as people read it. Things of a kind of which there are many are a table. */
export type Part =
  | { readonly type: "text"; readonly heading: string; readonly text: string }
  | { readonly type: "thing"; readonly heading: string; readonly facts: readonly Fact[] }
  | {
      readonly type: "table";
      readonly heading: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Fact[])[];
    };

type Known = Readonly<Record<string, Field>>;

const ofPlan: Known = {
  topic: { kind: "line", label: words.field.topic },
  setting: { kind: "line", label: words.field.setting },
  status: { kind: "words", label: words.field.status, words: words.status },
  progress: { kind: "line", label: words.field.progress },
  howFarItHasCome: { kind: "words", label: words.field.status, words: words.status },
  start: { kind: "day", label: words.field.start },
  end: { kind: "day", label: words.field.end },
};

/** What is said in fields beside things: the plan itself before all headings, and its aim. */
const beside = new Map<string, Known>([
  ["", ofPlan],
  ["aim", aim],
  ["the aim in detail", aim],
]);

/** The names that the core has for things, where they are others than those of the page. */
const otherwise: Partial<Record<ItemNoun, string>> = { tally: "tally sheet" };

const spaced = (name: string) => snake(name).replaceAll("_", " ");
const named = (name: string) => camel(name.toLowerCase().replaceAll(" ", "_"));

const nouns = new Map(
  (Object.keys(names) as ItemNoun[]).map((noun) => [otherwise[noun] ?? spaced(noun), noun]),
);
const sections = new Map(Object.entries(words.section).map(([name, said]) => [spaced(name), said]));

/** The parts of a text that is signed, after its title. */
export function partsOf(text: string): readonly Written[] {
  const parts: { heading: string; lines: string[] }[] = [{ heading: "", lines: [] }];
  const [, ...lines] = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const begins = lines[index - 1] === "";
    if (begins && (line === "aim" || nouns.has(line) || sections.has(line))) {
      parts.push({ heading: line, lines: [] });
    } else {
      parts.at(-1)?.lines.push(line);
    }
  }
  const written = parts.map(({ heading, lines }) => ({ heading, text: lines.join("\n").trim() }));
  return written.filter(({ text }) => text !== "");
}

/** The parts of a plan as people read them: the words of the page for those of the documents. */
export function inWords(parts: readonly Written[]): readonly Part[] {
  const read: Part[] = [];
  for (const { heading, text } of parts) {
    const name = heading.toLowerCase();
    const noun = nouns.get(name);
    const facts = factsIn(noun ? fieldsOf(noun) : (beside.get(name) ?? {}), text);
    const title = noun ? upperFirst(names[noun][0]) : (sections.get(name) ?? upperFirst(heading));
    if (facts.length === 0) read.push({ type: "text", heading: title, text });
    else if (noun === "observation") addRow(read, facts);
    else read.push({ type: "thing", heading: title, facts });
  }
  return read;
}

/** Rows of one kind that follow each other are one table. */
function addRow(read: Part[], row: readonly Fact[]): void {
  const last = read.at(-1);
  const rows = last?.type === "table" ? [...last.rows, row] : [row];
  if (last?.type === "table") read.pop();
  const { at, ...others } = fieldsOf("observation");
  const labels = [at, ...Object.values(others)].flatMap((field) => field?.label ?? []);
  const columns = labels.filter((label) =>
    rows.some((one) => one.some((is) => is.label === label)),
  );
  read.push({ type: "table", heading: names.observation[1], columns, rows });
}

const LINE = /^([A-Za-z][A-Za-z, ]*): (.*)$/;

/** What fields say, line by line. A line that names no field goes on with what stands before it. */
function factsIn(fields: Known, text: string): readonly Fact[] {
  const facts: { label: string; text: string }[] = [];
  for (const line of text.split("\n")) {
    const [, name = "", said = ""] = LINE.exec(line) ?? [];
    const field = Object.hasOwn(fields, named(name)) ? fields[named(name)] : undefined;
    const last = facts.at(-1);
    const label = field?.label ?? upperFirst(name);
    if (name !== "" && (field || fields === ofPlan) && !facts.some((one) => one.label === label)) {
      facts.push({ label, text: field ? saidIn(field, said) : said });
    } else if (last) {
      last.text += `\n${line}`;
    } else {
      return [];
    }
  }
  return facts;
}

function saidIn(field: Field, said: string): string {
  if (field.kind === "words") return field.words[named(said)] ?? said;
  return field.kind === "day" ? dayInWords(said) : said;
}
