/** Values of measures as people write them, without rounding: `12.5`, or `4/10`. */

import type { ObservedValue } from "../../core/api";

/** The value that a text says; undefined if it says none. The core says why, and decides. */
export function valueIn(text: string): ObservedValue | undefined {
  const trimmed = text.trim();
  const share = /^(\d{1,9})\s*\/\s*(\d{1,9})$/.exec(trimmed);
  if (share) {
    return { type: "ratio", numerator: Number(share[1]), denominator: Number(share[2]) };
  }
  const number = /^(-?)(\d{1,12})(?:\.(\d{1,3})0*)?$/.exec(trimmed);
  if (!number) return undefined;
  const size = Number(number[2]) * 1000 + Number((number[3] ?? "").padEnd(3, "0"));
  return { type: "number", thousandths: number[1] === "-" ? -size : size };
}

/** A value as people write it. */
export function written(value: ObservedValue): string {
  if (value.type === "ratio") return `${value.numerator}/${value.denominator}`;
  const size = Math.abs(value.thousandths);
  const fraction = String(size % 1000)
    .padStart(3, "0")
    .replace(/0+$/, "");
  const sign = value.thousandths < 0 ? "-" : "";
  return `${sign}${Math.floor(size / 1000)}${fraction ? `.${fraction}` : ""}`;
}

/** What a field says, as people write it. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return isValue(value) ? written(value) : String(value);
}

function isValue(value: unknown): value is ObservedValue {
  return typeof value === "object" && value !== null && "type" in value;
}
