/** The driver diagram: primary drivers, secondary drivers under these, as the core orders them. */

import type { DriverItem, ItemId } from "../../core/api";

/** A primary driver with what is under it. */
export interface Branch {
  readonly driver: DriverItem;
  readonly secondary: readonly DriverItem[];
}

/** That one driver is to be somewhere else. */
export interface Move {
  readonly id: ItemId;
  readonly parent: ItemId | null;
  /** Its place among those beside it, from 1. */
  readonly place: number;
}

/** Drivers without a place come last. */
const LAST = 2 ** 32;

/** The drivers as a tree of two levels, in which every driver is once. */
export function treeOf(drivers: readonly DriverItem[]): readonly Branch[] {
  const byId = new Map(drivers.map((item) => [item.id, item]));
  const under = new Map<ItemId, DriverItem[]>();
  const primary: DriverItem[] = [];
  for (const item of drivers) {
    const above = primaryAbove(item.id, byId);
    if (above === item.id) primary.push(item);
    else under.set(above, [...(under.get(above) ?? []), item]);
  }
  const ordered = (items: readonly DriverItem[]) => [...items].sort(byPlace);
  return ordered(primary).map((driver) => ({
    driver,
    secondary: ordered(under.get(driver.id) ?? []),
  }));
}

/** The moves that bring a driver under another one, or to the top, before the one at a place. */
export function moving(
  branches: readonly Branch[],
  id: ItemId,
  parent: ItemId | null,
  at: number,
): readonly Move[] {
  const beside =
    parent === null
      ? branches.map(({ driver }) => driver)
      : (branches.find(({ driver }) => driver.id === parent)?.secondary ?? []);
  const others = beside.filter((item) => item.id !== id);
  const ids = others.map((item) => item.id);
  ids.splice(Math.max(0, Math.min(at, ids.length)), 0, id);
  const all = new Map(branches.flatMap(everyDriver).map((item) => [item.id, item]));
  const moves = ids.map((one, index) => ({ id: one, parent, place: index + 1 }));
  return moves.filter((move) => {
    const now = all.get(move.id)?.driver;
    return now?.place !== move.place || (move.id === id && now.parent !== parent);
  });
}

/** Where a driver is: under which one, and at which place of how many. */
export interface Spot {
  readonly item: DriverItem;
  readonly parent: DriverItem | undefined;
  /** From 0. */
  readonly at: number;
  readonly of: number;
}

/** Where a driver is in the tree; undefined if it is not in it. */
export function spotOf(branches: readonly Branch[], id: ItemId): Spot | undefined {
  const levels = [
    { parent: undefined, items: branches.map(({ driver }) => driver) },
    ...branches.map(({ driver, secondary }) => ({ parent: driver, items: secondary })),
  ];
  for (const { parent, items } of levels) {
    const at = items.findIndex((item) => item.id === id);
    const item = items[at];
    if (item) return { item, parent, at, of: items.length };
  }
  return undefined;
}

/** A branch's drivers, the primary one first. */
export function everyDriver({ driver, secondary }: Branch): readonly DriverItem[] {
  return [driver, ...secondary];
}

function byPlace(one: DriverItem, other: DriverItem): number {
  const places = (one.driver.place ?? LAST) - (other.driver.place ?? LAST);
  return places || (one.id < other.id ? -1 : 1);
}

/** The primary driver above a driver, or the driver itself. */
function primaryAbove(id: ItemId, byId: ReadonlyMap<ItemId, DriverItem>): ItemId {
  const path = new Set([id]);
  let at = id;
  for (;;) {
    const parent = byId.get(at)?.driver.parent;
    if (parent === null || parent === undefined || !byId.has(parent)) return at;
    if (path.has(parent)) return smallestInCircle(parent, byId);
    path.add(parent);
    at = parent;
  }
}

/** Of moves that met in a circle the driver with the smallest id is a primary one. */
function smallestInCircle(of: ItemId, byId: ReadonlyMap<ItemId, DriverItem>): ItemId {
  let [smallest, at] = [of, byId.get(of)?.driver.parent];
  while (at !== null && at !== undefined && at !== of) {
    if (at < smallest) smallest = at;
    at = byId.get(at)?.driver.parent;
  }
  return smallest;
}
