import type { ComponentChildren } from "preact";

interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  kind?: "primary" | "secondary" | "warning";
  submit?: boolean;
  busy?: boolean;
  /** What is read out in the place of the text, where several buttons have the same. */
  label?: string;
  id?: string;
  /** What it does, for who looks for it on the page. */
  name?: string;
}

const classes = {
  primary: "nhsuk-button",
  secondary: "nhsuk-button nhsuk-button--secondary",
  warning: "nhsuk-button nhsuk-button--warning",
};

/** A button. While it is busy it keeps its focus and does nothing. */
export function Button(props: ButtonProps) {
  const {
    children,
    onClick,
    kind = "primary",
    submit = false,
    busy = false,
    label,
    id,
    name,
  } = props;
  const click = (event: Event) => {
    if (busy) {
      event.preventDefault();
    } else {
      onClick?.();
    }
  };
  return (
    <button
      type={submit ? "submit" : "button"}
      id={id}
      name={name}
      class={classes[kind]}
      aria-disabled={busy || undefined}
      aria-label={label}
      onClick={click}
    >
      {children}
    </button>
  );
}
