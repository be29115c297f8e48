import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Fault, faultOf } from "../core/fault";
import { focusNear } from "../core/near";
import { ErrorSummary, type FieldError } from "./error_summary";
import { FaultNotice } from "./notice";

/** How a form stands: what lacks in it, whether it is being taken, and what went wrong. */
export interface Filling {
  readonly errors: readonly FieldError[];
  readonly busy: boolean;
  readonly fault: Fault | undefined;
  /** What lacks in a field. */
  error(field: string): string | undefined;
  /** Does what the form is for, unless something lacks. True if it was done. */
  take(lacking: readonly FieldError[], act: () => Promise<unknown>): Promise<boolean>;
}

/** A form that is looked through before it is taken. What goes wrong is shown, never thrown. */
export function useFilling(): Filling {
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const take = async (lacking: readonly FieldError[], act: () => Promise<unknown>) => {
    setErrors(lacking);
    if (busy || lacking.length > 0) return false;
    setBusy(true);
    setFault(undefined);
    const goOn = focusNear();
    try {
      await act();
      goOn();
      return true;
    } catch (error) {
      setFault(faultOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const error = (field: string) => errors.find((one) => one.field === field)?.text;
  return { errors, busy, fault, error, take };
}

interface FormProps {
  filling: Filling;
  /** What Enter does, and the button that submits it. */
  onSubmit?(): void;
  /** What is shown instead of what went wrong. */
  fault?: ComponentChildren;
  children: ComponentChildren;
}

/** A form: what has to be put right in it and what went wrong stand before its fields. */
export function Form({ filling, onSubmit, fault, children }: FormProps) {
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary errors={filling.errors} />
      {fault ?? <FaultNotice fault={filling.fault} />}
      {children}
    </form>
  );
}

/** That something is lacking, where it is. */
export function lackingIf(isLacking: boolean, field: string, text: string): readonly FieldError[] {
  return isLacking ? [{ field, text }] : [];
}
