/** The page on which a person arrives. */
const first = "src/pages/inbox.tsx";

/**
 * Has the browser fetch along with the page what it needs next, and would only hear of from a script
 * that has come: the page on which a person arrives, and what that stands on.
 */
export function early() {
  return {
    name: "early",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle);
        const inbox = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(first));
        const needed = inbox ? [inbox.fileName, ...inbox.imports] : [];
        const tags = needed
          .map((name) => `/${name}`)
          .filter((href) => !html.includes(`"${href}"`))
          .map((href) => ({
            tag: "link",
            attrs: { rel: "modulepreload", crossorigin: true, href },
          }));
        return { html, tags };
      },
    },
  };
}
