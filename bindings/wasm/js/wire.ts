// How values cross to the core and back: as UniFFI writes them, big-endian, one after the other.
// What each type consists of is in the generated `schema.ts`.
import type { CoreFault } from "../api.js";
import { CoreError, invalid } from "./error.js";
import { TYPES } from "./schema.js";

export type Field = readonly [name: string, type: string];

/** What a type consists of. */
export type Shape =
  | { readonly fields: readonly Field[] }
  | { readonly words: readonly string[] }
  | { readonly variants: readonly (readonly [name: string, fields: readonly Field[]])[] }
  | { readonly is: string };

/** How a method is called: what stands for an argument that nobody says, where one need not. */
export interface Method {
  readonly name: string;
  readonly takes: readonly (readonly [type: string, otherwise?: unknown])[];
  readonly gives: string | null;
}

/** How values of one type cross. */
export interface Codec {
  read(from: Reader): unknown;
  write(to: Writer, value: unknown): void;
}

/** Reads values from bytes, one after the other. */
export class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.view.getUint8(this.passing(1));
  }

  int(): number {
    return this.view.getInt32(this.passing(4));
  }

  long(): number {
    return Number(this.view.getBigInt64(this.passing(8)));
  }

  double(): number {
    return this.view.getFloat64(this.passing(8));
  }

  piece(): Uint8Array {
    const length = this.int();
    const from = this.passing(length);
    return this.bytes.subarray(from, from + length);
  }

  private passing(length: number): number {
    const from = this.at;
    this.at += length;
    return from;
  }
}

/** Writes values as bytes, one after the other. */
export class Writer {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private at = 0;

  byte(value: number): void {
    const at = this.passing(1);
    this.view.setUint8(at, value);
  }

  int(value: number): void {
    if (!Number.isInteger(value) || Math.abs(value) > 0x7fff_ffff) throw notWhole(value);
    const at = this.passing(4);
    this.view.setInt32(at, value);
  }

  long(value: number): void {
    if (!Number.isSafeInteger(value)) throw notWhole(value);
    const at = this.passing(8);
    this.view.setBigInt64(at, BigInt(value));
  }

  double(value: number): void {
    const at = this.passing(8);
    this.view.setFloat64(at, value);
  }

  piece(value: Uint8Array): void {
    this.int(value.length);
    const at = this.passing(value.length);
    this.bytes.set(value, at);
  }

  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.at);
  }

  /** Where this many bytes go, for which there is room then: `bytes` and `view` may be others. */
  private passing(length: number): number {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.at, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return from;
  }
}

function notWhole(value: unknown): CoreError {
  const said = typeof value === "number" ? String(value) : shown(value);
  return invalid(`${said} is no whole number, or too large`);
}

const known = new Map<string, Codec>();
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** How values of this type cross. Types are named as in `bindings/api.txt`. */
export function codec(type: string): Codec {
  let found = known.get(type);
  if (found === undefined) {
    // A type may be part of itself, so that its parts are looked up when they are needed.
    found = plain[type] ?? made(type);
    known.set(type, found);
  }
  return found;
}

const plain: Record<string, Codec> = {
  Boolean: {
    read: (from) => from.byte() !== 0,
    write: (to, value) => to.byte(being(isBoolean, value, "true or false") ? 1 : 0),
  },
  Int32: { read: (from) => from.int(), write: (to, value) => to.int(value as number) },
  Int64: { read: (from) => from.long(), write: (to, value) => to.long(value as number) },
  Float64: {
    read: (from) => from.double(),
    write: (to, value) => to.double(being(isFinite, value, "a number")),
  },
  Bytes: {
    read: (from) => from.piece().slice(),
    write: (to, value) => to.piece(being(isBytes, value, "bytes")),
  },
  // Half a character becomes one that says so, as in the other languages.
  String: {
    read: (from) => decoder.decode(from.piece()),
    write: (to, value) => to.piece(encoder.encode(being(isString, value, "a text"))),
  },
  Timestamp: {
    read: (from) => new Date(from.long()),
    write: (to, value) => to.long(being(isDate, value, "a moment").getTime()),
  },
};

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const isFinite = (value: unknown): value is number => Number.isFinite(value);
const isString = (value: unknown): value is string => typeof value === "string";
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isDate = (value: unknown): value is Date => value instanceof Date;
const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> => value instanceof Map;
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isRecord = (value: unknown): value is Values => typeof value === "object" && value !== null;

/** The value, if it is what is wanted; a page need not be typed. */
function being<T>(is: (value: unknown) => value is T, value: unknown, wanted: string): T {
  if (!is(value)) throw invalid(`this takes ${wanted} and not ${shown(value)}`);
  return value;
}

/** What somebody handed in, in a few characters. */
function shown(value: unknown): string {
  return value === null || value === undefined ? "nothing" : `something of the kind ${typeof value}`;
}

function made(type: string): Codec {
  if (type.endsWith("?")) return perhaps(type.slice(0, -1));
  if (type.startsWith("[")) {
    const inner = type.slice(1, -1);
    const colon = inner.indexOf(": ");
    return colon < 0 ? list(inner) : map(inner.slice(0, colon), inner.slice(colon + 2));
  }
  const shape = TYPES[type];
  if (shape === undefined) throw new Error(`nobody declares ${type}`);
  if ("is" in shape) return codec(shape.is);
  if ("fields" in shape) return record(shape.fields);
  if ("words" in shape) return word(shape.words);
  return type === "CoreError" ? fault(variant(shape.variants)) : variant(shape.variants);
}

function perhaps(type: string): Codec {
  return {
    read: (from) => (from.byte() === 0 ? null : codec(type).read(from)),
    write: (to, value) => {
      const is = value !== null && value !== undefined;
      to.byte(is ? 1 : 0);
      if (is) codec(type).write(to, value);
    },
  };
}

function list(type: string): Codec {
  return {
    read: (from) => Array.from({ length: from.int() }, () => codec(type).read(from)),
    write: (to, value) => {
      const items = being(isList, value, "a list");
      to.int(items.length);
      for (const item of items) codec(type).write(to, item);
    },
  };
}

function map(key: string, of: string): Codec {
  return {
    read: (from) => {
      const entries = new Map<unknown, unknown>();
      for (let left = from.int(); left > 0; left--) {
        entries.set(codec(key).read(from), codec(of).read(from));
      }
      return entries;
    },
    write: (to, value) => {
      const entries = being(isMap, value, "a map");
      to.int(entries.size);
      for (const [name, item] of entries) {
        codec(key).write(to, name);
        codec(of).write(to, item);
      }
    },
  };
}

type Values = Record<string, unknown>;

function record(fields: readonly Field[]): Codec {
  return {
    read: (from) => read(fields, from, {}),
    write: (to, value) => write(fields, to, being(isRecord, value, "several values by name")),
  };
}

function word(words: readonly string[]): Codec {
  return {
    read: (from) => words[from.int() - 1],
    write: (to, value) => to.int(numbered(words, value)),
  };
}

function variant(variants: readonly (readonly [string, readonly Field[]])[]): Codec {
  const names = variants.map(([name]) => name);
  return {
    read: (from) => {
      const [type, fields] = variants[from.int() - 1] ?? ["", []];
      return read(fields, from, { type });
    },
    write: (to, value) => {
      const values = being(isRecord, value, "one of several kinds");
      const number = numbered(names, values.type);
      to.int(number);
      write(variants[number - 1]?.[1] ?? [], to, values);
    },
  };
}

/** An error crosses as what went wrong, and is one that can be thrown on this side. */
function fault(of: Codec): Codec {
  return {
    read: (from) => new CoreError(of.read(from) as CoreFault),
    write: (to, value) => of.write(to, (value as CoreError).fault),
  };
}

function read(fields: readonly Field[], from: Reader, into: Values): Values {
  for (const [name, type] of fields) into[name] = codec(type).read(from);
  return into;
}

function write(fields: readonly Field[], to: Writer, values: Values): void {
  for (const [name, type] of fields) codec(type).write(to, values[name]);
}

/** Counted from 1. */
function numbered(words: readonly string[], word: unknown): number {
  const at = words.indexOf(word as string);
  if (at < 0) {
    const asked = isString(word) ? word.slice(0, 80) : shown(word);
    throw invalid(`there is no ${asked} among ${words.join(", ")}`);
  }
  return at + 1;
}
