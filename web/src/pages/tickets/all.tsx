import { useCore } from "../../core/use_core";
import { Title } from "../../parts/title";
import { TicketList } from "./list";

/** Every ticket of this person. */
export default function TicketsPage() {
  const asked = useCore((core) => core.tickets(), ["members"]);
  return (
    <>
      <Title text="Tickets" />
      <p>
        A ticket is a link by which somebody without an account reads one text and answers. You make
        one on the page of a plan, a copy or a reflection of yours. A link that you were given opens
        in a window in which nobody is signed in.
      </p>
      <section aria-labelledby="made">
        <h2 id="made">Those you made</h2>
        <TicketList asked={asked} empty="You have made none." />
      </section>
    </>
  );
}
