import { render } from "preact";
import { App } from "./app/app";
import { type Brought, takenFromAddress } from "./app/fragment";
import { Ticket } from "./app/ticket";
import "./styles/light.scss";
import "./styles/dark.scss";

const root = document.getElementById("desk");
const first = takenFromAddress();
/** Who comes with a ticket needs no account: then none is opened in this window. */
let isDesk = first.ticket === "";

/** Shows the desk or a ticket, with what the address brought. */
function show({ invitation, ticket }: Brought) {
  isDesk ||= invitation !== "";
  if (root) {
    const shown = isDesk ? (
      <App invitation={invitation} ticket={ticket} />
    ) : (
      <Ticket key={ticket} secret={ticket} />
    );
    render(shown, root);
  }
}

show(first);
addEventListener("hashchange", () => {
  const brought = takenFromAddress();
  if (brought.invitation || brought.ticket) {
    show(brought);
  }
});
