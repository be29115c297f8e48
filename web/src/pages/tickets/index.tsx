import { link, type Params } from "../../app/routes";
import type { DocumentId, LearningCore } from "../../core/api";
import { useCore } from "../../core/use_core";
import { NothingHere, OfAddress } from "../../parts/of_address";
import { Title } from "../../parts/title";
import { TicketList } from "./list";
import { MakeTicket } from "./make";
import { type Subject, subjects } from "./words";

/** The tickets for a plan, a copy or a reflection of this person's, and making one. */
export default function Tickets({ params: { of = "", id = "" } }: { params: Params }) {
  return isSubject(of) ? <TicketsOf of={of} id={id as DocumentId} /> : <NothingHere />;
}

function isSubject(of: string): of is Subject {
  return Object.hasOwn(subjects, of);
}

function TicketsOf({ of, id }: { of: Subject; id: DocumentId }) {
  const topics = ["documents", "members"] as const;
  const title = useCore((core) => titleOf(core, of, id), topics, [of, id]);
  const tickets = useCore((core) => core.ticketsOf(id), { topics: ["members"], document: id }, [
    id,
  ]);
  const what = subjects[of];
  return (
    <OfAddress asked={title}>
      {(title) => (
        <>
          <a class="nhsuk-back-link" href={link(`/${of}/:id`, { id })}>
            Back to the {what}
          </a>
          <Title text={`Tickets for ${title || `this ${what}`}`} windowName="Tickets" />
          <p>
            A ticket is a link by which somebody without an account reads the text of this {what} as
            it stands when you make it, without history. The server cannot read it. It shows
            nobody&#x27;s name but those in the text, and yours.{" "}
            <a href={link("/tickets")}>All your tickets</a>
          </p>
          <MakeTicket document={id} what={what} />
          <section aria-labelledby="made">
            <h2 id="made">Those you made</h2>
            <TicketList asked={tickets} empty={`You have made none for this ${what}.`} />
          </section>
        </>
      )}
    </OfAddress>
  );
}

async function titleOf(core: LearningCore, of: Subject, id: DocumentId): Promise<string> {
  switch (of) {
    case "projects":
      return (await core.project(id)).project.title;
    case "copies":
      return (await core.sharedReflection(id)).copy.title;
    case "reflections":
      return (await core.reflection(id)).reflection.title;
  }
}
