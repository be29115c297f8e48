/** What people write into a field, as the value that the core takes. */

import type { MeasureUnit } from "../../core/api";
import type { Field } from "./declared";
import { readValue, written } from "./value";

/** What a text says as the value of a field, or why it says none. */
export type Read = { readonly value: unknown } | { readonly why: string };

/** Reads a text as the value of a field, which may be one in a unit. */
export function readAs(field: Field, text: string, unit: MeasureUnit | null = null): Read {
  const typed = text.trim();
  const isNeeded = "needed" in field && field.needed === true;
  const isLeftOut = typed === "" && !isNeeded;
  switch (field.kind) {
    case "day":
      if (typed === "") return isLeftOut ? { value: null } : { why: "Enter a day." };
      return { value: text };
    case "number":
      if (isLeftOut) return { value: null };
      return /^\d{1,9}$/.test(typed) ? { value: Number(typed) } : { why: "Enter a whole number." };
    case "amount":
      return isLeftOut ? { value: null } : readValue(typed, unit);
    case "line": {
      if (!field.says || typed === "") return { value: text };
      const read = readValue(typed, unit);
      return "why" in read ? read : { value: written(read.value) };
    }
    default:
      return { value: text };
  }
}
