import { link, type Params } from "../../app/routes";
import type { DocumentId, LearningCore } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Title } from "../../parts/title";
import { TicketList } from "./list";
import { MakeTicket } from "./make";
import { type Subject, subjects } from "./words";

/** The tickets for a plan, a copy or a reflection of this person's, and making one. */
export default function TicketsOf({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const of: Subject =
    params.of === "projects" || params.of === "copies" ? params.of : "reflections";
  const topics = ["documents", "members"] as const;
  const title = useCore((core) => titleOf(core, of, id), topics, [of, id]);
  const tickets = useCore((core) => core.ticketsOf(id), { topics: ["members"], document: id }, [
    id,
  ]);
  const what = subjects[of];
  return (
    <>
      <a class="nhsuk-back-link" href={link(`/${of}/:id`, { id })}>
        Back to the {what}
      </a>
      <Title text={`Tickets for ${title.value || `this ${what}`}`} windowName="Tickets" />
      <p>
        A ticket is a link by which somebody without an account reads the text of this {what} as it
        stands when you make it, without history. The server cannot read it. It shows nobody&#x27;s
        name but those in the text, and yours. <a href={link("/tickets")}>All your tickets</a>
      </p>
      <MakeTicket document={id} what={what} />
      <section aria-labelledby="made">
        <h2 id="made">Those you made</h2>
        <TicketList asked={tickets} empty={`You have made none for this ${what}.`} />
      </section>
    </>
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
