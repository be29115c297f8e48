import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { elementsNamed, type Part, readMarkup } from "./markup";

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === "string" ? part : textOf(part.parts))).join("");
}

test("elements are read with what they say and what stands in them", () => {
  const [first, ...others] = readMarkup('<p class="a b">one <em>two</em><br> &amp;lt; three</p>');
  assert.deepEqual(others, []);
  assert.ok(first && typeof first !== "string");
  assert.equal(first.name, "p");
  assert.deepEqual([...first.attributes], [["class", "a b"]]);
  assert.equal(textOf([first]), "one two &lt; three");
});

test("what was escaped is text and no element", () => {
  const parts = readMarkup("<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</p>");
  assert.deepEqual(elementsNamed("script", parts), []);
  assert.equal(textOf(parts), "<script>alert('1')</script>");
});

test("what is not as the core writes it ends nowhere else than in the text", () => {
  for (const markup of ["</p>one", "<p>one", "one<!-- <p> -->", "<p onload=x>one</p>"]) {
    assert.match(textOf(readMarkup(markup)), /one/, markup);
  }
  assert.equal(readMarkup("</div></div>").length, 0);
  assert.deepEqual(readMarkup("a < b"), ["a ", "<", " b"]);
});

test("the page of a plan is read whole", () => {
  const page = "../core/model/tests/golden/endless-page.html";
  const parts = readMarkup(readFileSync(page, "utf8"));
  const count = (name: string) => elementsNamed(name, parts).length;
  assert.deepEqual(["body", "h2", "svg", "td", "text"].map(count), [1, 17, 3, 360, 159]);
  assert.ok(!/<\w/.test(textOf(parts)), "an element that was not read");
});
