import { useState } from "preact/hooks";
import { Button } from "../../parts/button";
import { Group, keptNowhere } from "../../parts/field";

/** The link of a ticket, to be handed to its holder. */
export function TicketLink({ link }: { link: string }) {
  const [copied, setCopied] = useState<boolean>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <>
      <Group label="Link" hint="Who has it can open the ticket. Give it to nobody else.">
        {({ id, describedBy }) => (
          <input
            id={id}
            form={keptNowhere}
            class="nhsuk-input"
            readOnly
            value={link}
            aria-describedby={describedBy}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Group>
      <div class="desk-row">
        <Button kind="secondary" onClick={() => void copy()}>
          Copy the link
        </Button>
        <span role="status">
          {copied === true && "Copied"}
          {copied === false && "This browser does not copy: mark the link and copy it."}
        </span>
      </div>
    </>
  );
}
