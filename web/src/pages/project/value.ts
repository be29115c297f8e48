/** Values of measures as people write them, without rounding: `12.5`, or `4/10`. */

import type { MeasureUnit, ObservedValue } from "../../core/api";

/** What a text says as a value of a measure, or why it says none, in words for who wrote it. */
export type ReadValue = { readonly value: ObservedValue } | { readonly why: string };

/** Signs with which people write a minus, and spaces with which they part thousands. */
const MINUS = /^[\u2212\u2013-]\s*/;
const THOUSANDS = /^-?[1-9]\d{0,2}((\s\d{3})+|(,\d{3}){2,})(\.\d+)?$|^-?[1-9]\d{0,2},\d{3}\.\d+$/;

/**
 * Reads a value as people write it. What can be meant in one way only is taken; what could be meant
 * in two is not guessed at. The core decides, and says what it does not take.
 */
export function readValue(text: string, unit: MeasureUnit | null = null): ReadValue {
  const written = text.trim().replace(MINUS, "-");
  const bare = written.replace(/\s*%$/, "");
  if (bare !== written && unit !== "percent") {
    return { why: `Leave out the % sign: ${notPercent(unit)}.` };
  }
  const share = /^(\d{1,9})\s*\/\s*(\d{1,9})$/.exec(bare);
  if (share) {
    const [numerator, denominator] = [Number(share[1]), Number(share[2])];
    return { value: { type: "ratio", numerator, denominator } };
  }
  const plain = THOUSANDS.test(bare) ? bare.replaceAll(/[\s,]/g, "") : bare;
  const number = /^(-?)(\d{0,12})(?:\.(\d{1,3})0*)?$/.exec(plain);
  const [, sign = "", whole = "", fraction = ""] = number ?? [];
  if (!number || whole + fraction === "") return { why: whyNoValue(plain) };
  const size = Number(whole) * 1000 + Number(fraction.padEnd(3, "0"));
  if (sign === "-" && size > 0 && unit === "count") {
    return { why: "A count is 0 or more. To note a change that may be less, choose another unit." };
  }
  return { value: { type: "number", thousandths: sign === "-" && size > 0 ? -size : size } };
}

function notPercent(unit: MeasureUnit | null): string {
  return unit === null
    ? "say first that the unit of the measure is percent"
    : "the unit of this measure is not percent";
}

function whyNoValue(text: string): string {
  const [, before = "", behind = ""] = /^(-?\d+),(\d+)$/.exec(text) ?? [];
  const full = `${before}.${behind}`;
  if (/^-?[1-9]\d{0,2}$/.test(before) && behind.length === 3) {
    return `Write ${before}${behind} without a comma, or ${full} with a full stop for decimals.`;
  }
  if (before !== "") return `Use a full stop for decimals: ${full}.`;
  if (/^-?\d*\.\d{4,}$/.test(text)) return "Write three digits at most behind the full stop.";
  if (/^-?\d{13,}(\.\d+)?$/.test(text)) return "Write twelve digits at most.";
  return "Enter a number such as 12.5, or a share such as 4/10.";
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
