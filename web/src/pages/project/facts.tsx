import { Row } from "../row";

/** What a thing is called and says, line by line. */
export interface Fact {
  readonly label: string;
  readonly text: string;
}

/** What a thing says on paper. One that says nothing is left out. */
export function Facts({ title, facts }: { title: string; facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl class="nhsuk-summary-list">
        {facts.map(({ label, text }) => (
          <Row key={label} name={label}>
            <span class="desk-prose">{text}</span>
          </Row>
        ))}
      </dl>
    </section>
  );
}
