import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { DocumentKind, Hit } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { TextField } from "../../parts/field";
import { Of } from "../../parts/of";
import { Portion } from "../../parts/portion";
import { Tag } from "../../parts/tag";
import { Title } from "../../parts/title";

/** So many hits are shown at first, and with each "more". */
const PAGE = 20;

const kinds: Record<DocumentKind, string> = {
  reflection: "Reflection",
  personalRecord: "Learning log",
  sharedReflection: "Shared copy",
  changeProject: "Plan",
  comments: "Comments",
  signOffRequest: "Sign-off request",
  signOff: "Sign-off",
};

const paths: Record<DocumentKind, string> = {
  reflection: "/reflections/:id",
  personalRecord: "/log",
  sharedReflection: "/copies/:id",
  changeProject: "/projects/:id",
  comments: "/projects/:id",
  signOffRequest: "/sign-offs/:id",
  signOff: "/sign-offs/:id",
};

/** Words in anything a person can read here: documents, what was said about them, the programme. */
export default function Search() {
  const [typed, setTyped] = useState("");
  const [query, setQuery] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    setQuery(typed.trim());
  };
  return (
    <>
      <Title text="Search" />
      <search>
        <form onSubmit={submit}>
          <TextField
            label="Words to look for"
            hint="The last word may be unfinished."
            type="search"
            value={typed}
            onInput={setTyped}
          />
          <Button submit>Search</Button>
        </form>
      </search>
      {query && <Hits key={query} query={query} />}
    </>
  );
}

function Hits({ query }: { query: string }) {
  const [limit, setLimit] = useState(PAGE);
  const hits = useCore(
    (core) => core.search(query, 0, limit, "best"),
    ["documents", "packs"],
    [query, limit],
  );
  return (
    <section aria-live="polite" aria-label={`What was found for ${query}`}>
      <Answer asked={hits}>
        {({ items, more }) => (
          <Portion
            items={items}
            more={more}
            itemName={({ title }) => title}
            itemKey={({ target }) => JSON.stringify(target)}
            onMore={() => setLimit(limit + PAGE)}
            empty={`Nothing was found for “${query}”.`}
          >
            {(hit) => <Found hit={hit} />}
          </Portion>
        )}
      </Answer>
    </section>
  );
}

function Found({ hit: { target, title, snippet } }: { hit: Hit }) {
  const isPage = target.type === "page";
  const where = isPage
    ? link("/pages/:key", { key: target.page })
    : link(paths[target.kind], { id: target.id });
  return (
    <>
      <h2 class="nhsuk-heading-s">
        <a href={where}>
          {title || "Untitled"}
          <Of />
        </a>
      </h2>
      <p>
        <Tag colour="grey">{isPage ? "Page of the programme" : kinds[target.kind]}</Tag>
      </p>
      <p>
        {snippet.map(({ text, marked }, index) =>
          marked ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
        )}
      </p>
    </>
  );
}
