/** What people write into a field, as the value that the core takes. */

import type { Field } from "./declared";
import { valueIn } from "./value";

/** What a text says as the value of a field; undefined if it says none. */
export function readAs(field: Field, text: string): { value: unknown } | undefined {
  const isEmpty = text.trim() === "";
  const isNeeded = "needed" in field && field.needed === true;
  switch (field.kind) {
    case "day":
    case "number":
    case "amount": {
      if (isEmpty) return isNeeded ? undefined : { value: null };
      if (field.kind === "day") return { value: text };
      if (field.kind === "number") {
        return /^\d{1,9}$/.test(text.trim()) ? { value: Number(text) } : undefined;
      }
      const value = valueIn(text);
      return value && { value };
    }
    default:
      return { value: text };
  }
}

/** Why a text is no value of a field. */
export function whyNot(field: Field): string {
  switch (field.kind) {
    case "day":
      return "Enter a day.";
    case "number":
      return "Enter a whole number.";
    default:
      return "Enter a number such as 12.5, or a share such as 4/10.";
  }
}
