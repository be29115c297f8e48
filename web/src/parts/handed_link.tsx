import { useState } from "preact/hooks";
import { Button } from "./button";
import { Group, keptNowhere } from "./field";
import { Of } from "./of";

interface HandedLinkProps {
  link: string;
  hint: string;
}

/** A link that is to be handed to somebody. */
export function HandedLink({ link, hint }: HandedLinkProps) {
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
      <Group label="Link" hint={hint}>
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
          <Of />
        </Button>
        <span role="status">
          {copied === true && "Copied"}
          {copied === false && "This browser does not copy: mark the link and copy it."}
        </span>
      </div>
    </>
  );
}
