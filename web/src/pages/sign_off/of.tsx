import type { ComponentChildren } from "preact";
import type { DocumentId } from "../../core/api";
import { useCore } from "../../core/use_core";
import { AskForSignOff, type AskForSignOffProps } from "./ask";
import { Request } from "./request";

/** The sign-offs of something, and asking for another of them. */
export function SignOffs({ children }: { children: ComponentChildren }) {
  return (
    <section aria-labelledby="sign-offs">
      <h2 id="sign-offs">Sign-offs</h2>
      {children}
    </section>
  );
}

interface SignOffsOfProps {
  id: DocumentId;
  /** How another is asked for; nothing for who may ask for none. */
  ask?: AskForSignOffProps | undefined;
}

/** What was asked to be signed of a document, and asking for more. */
export function SignOffsOf({ id, ask }: SignOffsOfProps) {
  const { value: requests = [] } = useCore(
    (core) => core.signOffsOf(id),
    ["documents", "status", "people"],
    [id],
  );
  return (
    <>
      {requests.length === 0 && !ask && <p>None was asked for.</p>}
      {requests.length > 0 && (
        <ul class="desk-list">
          {requests.map((request) => (
            <li key={request.id}>
              <Request view={request} />
            </li>
          ))}
        </ul>
      )}
      {ask && <AskForSignOff {...ask} />}
    </>
  );
}
