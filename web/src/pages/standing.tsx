import type { DocumentStatus } from "../core/api";
import { Moment } from "../parts/time";

const stages: Record<DocumentStatus["stage"], string> = {
  saved: "Saved here, not yet sent",
  sent: "Sent, not yet confirmed",
  stored: "Stored by the server",
};

/** How far something has come on its way to others, and who has seen it. */
export function Standing({ status }: { status: DocumentStatus }) {
  return (
    <>
      {stages[status.stage]}
      {status.held && "; a part is too large for this network and is tried again later"}
      {status.quarantined && (
        <>
          ; the server refused a part, which is kept: see <a href="#/sync">sync</a>
        </>
      )}
      {status.seenBy.map(({ person, at, current }) => (
        <span key={person.id}>
          ; seen by {person.name} on <Moment at={at} />
          {!current && ", changed since"}
        </span>
      ))}
    </>
  );
}
