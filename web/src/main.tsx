import { render } from "preact";
import { App } from "./app/app";
import { takenFromAddress } from "./app/fragment";
import "./styles/light.scss";
import "./styles/dark.scss";

const root = document.getElementById("desk");
const first = takenFromAddress("#/");

if (root) {
  render(<App first={first} />, root);
}
