import { render } from "preact";
import { App } from "./app/app";
import { invitationFromAddress } from "./app/fragment";
import "./styles/light.scss";
import "./styles/dark.scss";

const root = document.getElementById("desk");

/** Shows the desk, with the invitation that the address brought, if it brought one. */
function show(invitation: string) {
  if (root) {
    render(<App invitation={invitation} />, root);
  }
}

show(invitationFromAddress());
addEventListener("hashchange", () => {
  const invitation = invitationFromAddress();
  if (invitation) {
    show(invitation);
  }
});
