import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Account } from "../core/api";

/** What a page is given: the parts of its address that stand in the place of `:names`. */
export type Params = Record<string, string>;
export type PageView = ComponentType<{ params: Params }>;

/** A page of the desk, by the address after the `#`. */
export interface Page {
  /** Such as `/projects/:id`. */
  path: string;
  load(): Promise<{ default: PageView }>;
  /** Its name in the navigation; none if it is reached from another page. */
  nav?: string;
  /** For whom it is in the navigation; for everybody if it is not said. */
  isFor?(account: Account): boolean;
}

/** The values of a path's `:names` in an address; none if the path is another. */
export function match(path: string, address: string): Params | undefined {
  const names = path.split("/");
  const parts = address.split("/");
  if (names.length !== parts.length) {
    return undefined;
  }
  const params: Params = {};
  for (const [index, name] of names.entries()) {
    const part = parts[index] ?? "";
    if (name.startsWith(":")) {
      params[name.slice(1)] = decoded(part);
    } else if (name !== part) {
      return undefined;
    }
  }
  return params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The page at an address, with the values of its names. */
export function find(pages: readonly Page[], address: string) {
  for (const page of pages) {
    const params = match(page.path, address);
    if (params) {
      return { page, params };
    }
  }
  return undefined;
}

/** The address in the fragment without what comes after `?`. */
export function addressOf(hash: string): string {
  const [address] = hash.replace(/^#/, "").split("?");
  return address || "/";
}

/** A link to a page, such as `link("/projects/:id", { id })`. `at` is a place in it. */
export function link(path: string, params: Params = {}, at = ""): string {
  const parts = path
    .split("/")
    .map((part) => (part.startsWith(":") ? encodeURIComponent(params[part.slice(1)] ?? "") : part));
  return `#${parts.join("/")}${at ? `?at=${encodeURIComponent(at)}` : ""}`;
}

/** The place in a page that the address names, such as a section or the id of an item. */
export function placeIn(hash: string): string {
  return new URLSearchParams(hash.split("?")[1] ?? "").get("at") ?? "";
}

/** The fragment, and each that follows it. */
export function useHash(): string {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return hash;
}
