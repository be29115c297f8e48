import assert from "node:assert/strict";
import { test } from "node:test";
import type { DriverItem, ItemId } from "../../core/api";
import { moving, spotOf, treeOf } from "./tree";

const id = (text: string) => text as ItemId;

function driver(name: string, parent: string | null, place: number | null): DriverItem {
  return { id: id(name), driver: { name, parent: parent === null ? null : id(parent), place } };
}

const drivers = [
  driver("a", null, 2),
  driver("b", null, 1),
  driver("c", "a", 2),
  driver("d", "a", 1),
  driver("e", "a", null),
];

function names(items: readonly DriverItem[]) {
  return treeOf(items).map((branch) => [
    branch.driver.id,
    ...branch.secondary.map((item) => item.id),
  ]);
}

test("drivers are in the order of their places, those without one last", () => {
  assert.deepEqual(names(drivers), [["b"], ["a", "d", "c", "e"]]);
});

test("a circle, a third level and a parent that is gone leave every driver in the tree once", () => {
  assert.deepEqual(names([driver("x", "y", 1), driver("y", "x", 1)]), [["x", "y"]]);
  assert.deepEqual(names([...drivers, driver("f", "c", null)]), [["b"], ["a", "d", "c", "e", "f"]]);
  assert.deepEqual(names([driver("x", "gone", 1)]), [["x"]]);
});

test("a driver is moved up, under another one, and to the top", () => {
  const tree = treeOf(drivers);
  assert.deepEqual(moving(tree, id("c"), id("a"), 0), [
    { id: "c", parent: "a", place: 1 },
    { id: "d", parent: "a", place: 2 },
    { id: "e", parent: "a", place: 3 },
  ]);
  assert.deepEqual(moving(tree, id("d"), id("b"), 0), [{ id: "d", parent: "b", place: 1 }]);
  assert.deepEqual(moving(tree, id("d"), null, 1), [
    { id: "d", parent: null, place: 2 },
    { id: "a", parent: null, place: 3 },
  ]);
  assert.deepEqual(moving(tree, id("b"), null, 0), []);
});

test("a driver is at a place of so many, under another one or at the top", () => {
  const spot = (name: string) => {
    const { parent, at, of } = spotOf(treeOf(drivers), id(name)) ?? {};
    return [parent?.id, at, of];
  };
  assert.deepEqual(spot("a"), [undefined, 1, 2]);
  assert.deepEqual(spot("c"), ["a", 1, 3]);
  assert.equal(spotOf(treeOf(drivers), id("x")), undefined);
});
