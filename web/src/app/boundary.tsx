import { Component, type ComponentChildren } from "preact";
import { type Fault, faultOf, sentence } from "../core/fault";
import { Button } from "../parts/button";
import { Frame } from "./frame";

interface BoundaryProps {
  children: ComponentChildren;
  onAgain(): void;
}

/** Where an error of the page ends. What was stored is still there, and the page goes on from it. */
export class Boundary extends Component<BoundaryProps, { fault?: Fault }> {
  override state: { fault?: Fault } = {};

  static override getDerivedStateFromError(error: unknown) {
    return { fault: faultOf(error) };
  }

  override render() {
    const { fault } = this.state;
    if (!fault) {
      return this.props.children;
    }
    const again = () => {
      this.setState({});
      this.props.onAgain();
    };
    return (
      <Frame>
        <h1 class="nhsuk-heading-l">Something went wrong on this page</h1>
        <p>What you wrote up to the last pause is stored. You can go on from there.</p>
        <p class="nhsuk-hint">
          {sentence(fault.words)} If you report this, say “{fault.code}”.
        </p>
        <Button onClick={again}>Go on</Button>
      </Frame>
    );
  }
}
