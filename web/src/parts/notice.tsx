import type { ComponentChildren } from "preact";
import { type Fault, isOfCoreItself, sentence } from "../core/fault";
import { wayOn } from "./way_on";

interface NoticeProps {
  title: string;
  children?: ComponentChildren;
  kind?: "plain" | "good" | "warning";
}

/** Something a person should notice. A warning is read out at once, all else when there is time. */
export function Notice({ title, children, kind = "plain" }: NoticeProps) {
  const role = kind === "warning" ? "alert" : "status";
  const good = kind === "good" ? " nhsuk-notification-banner--success" : "";
  return (
    <div class={`nhsuk-notification-banner${good}`} role={role}>
      <div class="nhsuk-notification-banner__header">
        <p class="nhsuk-notification-banner__title">{title}</p>
      </div>
      <div class="nhsuk-notification-banner__content">{children}</div>
    </div>
  );
}

/** What went wrong, in the core's own words. */
export function FaultNotice({ fault }: { fault: Fault | undefined }) {
  if (!fault) {
    return null;
  }
  const help = wayOn(fault.of);
  return (
    <div class="nhsuk-inset-text fault" role="alert">
      <p>{sentence(fault.words)}</p>
      {help && <p>{help}</p>}
      {isOfCoreItself(fault) && <p class="nhsuk-hint">If you report this, say “{fault.code}”.</p>}
    </div>
  );
}
