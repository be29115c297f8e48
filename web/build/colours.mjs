/** What has a colour, or sets one back together with what else it sets. */
const coloured = /^(color|fill|stroke|background|border|outline|box-shadow|text-decoration)/;

/** Leaves in a style sheet of this name only what has a colour. All else stands in another. */
export function onlyColours(name) {
  return {
    postcssPlugin: "only-colours",
    OnceExit(sheet) {
      if (sheet.source?.input.file?.endsWith(name)) {
        thin(sheet);
      }
    },
  };
}

function thin(container) {
  for (const node of [...container.nodes]) {
    if (node.nodes) {
      thin(node);
    }
    const isOther = node.type === "decl" && !coloured.test(node.prop);
    if (isOther || node.nodes?.length === 0) {
      node.remove();
    }
  }
}
