import type { Tabs } from "../core/beside";
import { Button } from "../parts/button";
import { Title } from "../parts/title";
import type { Brought } from "./fragment";
import { Frame } from "./frame";
import { cutWords } from "./link_words";
import { Ticket } from "./ticket";

/** What is shown to who came with the link of a ticket. */
export function TicketLink({ link, tabs }: { link: Brought; tabs: Tabs }) {
  if (link.type === "ticket") return <Ticket key={link.secret} secret={link.secret} />;
  return link.type === "cut" ? <Cut /> : <Left tabs={tabs} />;
}

function Cut() {
  const { title, words } = cutWords("ticket");
  return (
    <Frame>
      <Title text={title} />
      <p>{words}</p>
    </Frame>
  );
}

/** The secret is not in the address, where others would find it: the page cannot go on by itself. */
function Left({ tabs: { open } }: { tabs: Tabs }) {
  return (
    <Frame>
      <Title text="The ticket is no longer open here" />
      <p>
        This window showed a ticket, and keeps nothing of it when the page is loaded again. What you
        sent is with whoever gave it to you; what you did not send is gone.
      </p>
      <p>
        To go on, open the link again, from where you got it: that counts as one more time. If it
        opens nothing any more, ask whoever gave it to you for another.
      </p>
      {open.length > 0 ? (
        <p>
          The desk of {open.map(({ name }) => name).join(" and ")} is open in another tab of this
          browser, and stays as it was: go on there. Nothing of this ticket is in it.
        </p>
      ) : (
        <Button kind="secondary" onClick={() => location.replace("/")}>
          I have an account: go to the desk
        </Button>
      )}
    </Frame>
  );
}
