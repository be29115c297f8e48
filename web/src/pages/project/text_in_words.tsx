import { Table } from "../../parts/table";
import { Row } from "../row";
import type { Fact } from "./facts";
import { inWords, type Part, type Written } from "./read_text";

/** The text of a plan for somebody who reads it alone, in the words that the page has for it. */
export function TextInWords({ parts }: { parts: readonly Written[] }) {
  return (
    <>
      {inWords(parts).map((part, index) => (
        // The text does not change while it is shown, and headings may be the same.
        <div key={index}>
          {part.heading && part.type !== "table" && <h3>{part.heading}</h3>}
          <Said part={part} />
        </div>
      ))}
    </>
  );
}

function Said({ part }: { part: Part }) {
  switch (part.type) {
    case "text":
      return <p class="desk-prose">{part.text}</p>;
    case "thing":
      return (
        <dl class="nhsuk-summary-list">
          {part.facts.map(({ label, text }) => (
            <Row key={label} name={label}>
              <span class="desk-prose">{text}</span>
            </Row>
          ))}
        </dl>
      );
    case "table":
      return <Values part={part} />;
  }
}

type Numbered = { readonly key: string; readonly facts: readonly Fact[] };

function Values({ part: { heading, columns, rows } }: { part: Extract<Part, { type: "table" }> }) {
  const said = (facts: readonly Fact[], label: string) =>
    facts.find((fact) => fact.label === label)?.text ?? "";
  return (
    <Table
      caption={heading}
      columns={columns.map((head) => ({ head, cell: ({ facts }: Numbered) => said(facts, head) }))}
      rows={rows.map((facts, index): Numbered => ({ key: String(index), facts }))}
      rowKey={({ key }) => key}
    />
  );
}
