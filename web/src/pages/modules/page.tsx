import type { Params } from "../../app/routes";
import { useCore } from "../../core/use_core";
import { OfAddress } from "../../parts/of_address";
import { Title } from "../../parts/title";
import { Markdown } from "./markdown";

/** A page of the handbook or of a module. */
export default function Page({ params }: { params: Params }) {
  const key = params.key ?? "";
  const page = useCore((core) => core.page(key), ["packs"], [key]);
  return (
    <OfAddress asked={page}>
      {({ title, text, isMissing }) => (
        <>
          <Title text={title} />
          {isMissing ? (
            <p>This page did not come whole. The next sync fetches it again.</p>
          ) : (
            <Markdown text={withoutTitle(text)} />
          )}
        </>
      )}
    </OfAddress>
  );
}

/** A page begins with its title, which is the heading of the window already. */
export function withoutTitle(text: string): string {
  return text.replace(/^\s*# [^\n]*\n/, "");
}
