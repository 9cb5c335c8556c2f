import { Component, type ComponentChild, type FunctionComponent, h } from "preact";

/**
 * The view, drawn again only when one of its properties is another object than before. For what stands in long lists: a
 * live reading changes one place of two thousand.
 */
export function unlessSame<P extends object>(View: FunctionComponent<P>) {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return (Object.keys(next) as (keyof P)[]).some((name) => next[name] !== this.props[name]);
    }

    override render(): ComponentChild {
      return h(View, this.props);
    }
  };
}
