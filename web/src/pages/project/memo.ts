import { Component, type ComponentType, h } from "preact";

/**
 * A component that is drawn again only where one of its properties is another, or what it reads
 * from around it. The one of preact/compat would change how events are named, on every page.
 */
export function memo<P extends object>(View: ComponentType<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const names = Object.keys({ ...this.props, ...next });
      return names.some((name) => Reflect.get(next, name) !== Reflect.get(this.props, name));
    }

    override render() {
      return h(View, this.props);
    }
  };
}
