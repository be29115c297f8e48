import { render } from "preact";
import { App } from "./app/app";
import { invitationFromAddress } from "./app/fragment";
import "./styles/light.scss";
import "./styles/dark.scss";

const invitation = invitationFromAddress();
const root = document.getElementById("desk");
if (root) {
  render(<App invitation={invitation} />, root);
}
