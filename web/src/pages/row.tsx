import type { ComponentChildren } from "preact";

/** A line of a summary list: what it is called, and what it says. */
export function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="nhsuk-summary-list__row">
      <dt class="nhsuk-summary-list__key">{name}</dt>
      <dd class="nhsuk-summary-list__value">{children}</dd>
    </div>
  );
}
