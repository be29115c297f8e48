import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import { useAccount } from "../../app/who";
import type { DocumentSummary } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { Select, TextField } from "../../parts/field";
import { FaultNotice } from "../../parts/notice";
import { Of } from "../../parts/of";
import { Portion } from "../../parts/portion";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { Title } from "../../parts/title";
import { useBegun } from "../../parts/unfinished";

/** So many are shown at first, and with each "more". */
const PAGE = 20;

/** A person's own reflections, changed last first, and beginning another. */
export default function Reflections() {
  const isClosed = useAccount().privateAccess === "recoveryKeyNeeded";
  return (
    <>
      <Title text="Reflections" />
      {isClosed ? (
        <p>
          Your private reflections stay closed here until you type the recovery key of your first
          device. <a href={link("/recovery-key")}>Open them</a>
        </p>
      ) : (
        <>
          <List />
          <Begin />
        </>
      )}
    </>
  );
}

function List() {
  const [limit, setLimit] = useState(PAGE);
  const topics = ["documents", "drafts", "status"] as const;
  const list = useCore((core) => core.reflections(null, limit), topics, [limit]);
  return (
    <Answer asked={list}>
      {({ items, more }) => (
        <Portion
          items={items}
          more={more}
          itemKey={({ id }) => id}
          itemName={({ title }) => title}
          onMore={() => setLimit(limit + PAGE)}
          empty="You have written no reflection yet."
        >
          {(summary) => <Listed summary={summary} />}
        </Portion>
      )}
    </Answer>
  );
}

function Listed({ summary }: { summary: DocumentSummary }) {
  const { id, title, preview, stage, unsettled, quarantined, updatedAt } = summary;
  return (
    <>
      <h2 class="nhsuk-heading-s">
        <a href={link("/reflections/:id", { id })}>
          {title || "Untitled"}
          <Of />
        </a>
      </h2>
      <p class="desk-row">
        {stage === "saved" && <Tag colour="yellow">Not yet sent</Tag>}
        {unsettled && <Tag colour="blue">Draft</Tag>}
        {quarantined && <Tag colour="red">Refused work</Tag>}
        <Moment at={updatedAt} />
      </p>
      {preview !== title && <p class="desk-prose">{preview}</p>}
    </>
  );
}

const EMPTY = { title: "", template: "" };
const TYPED = ["title"] as const;

function Begin() {
  const { said, say, end } = useBegun("new reflection", EMPTY, TYPED);
  const { title, template } = said;
  const templates = useCore((core) => core.templates(), ["packs"]);
  const begin = useAction(async (core, key: string) => {
    const id = await core.createReflection(key, title);
    end();
    location.hash = link("/reflections/:id", { id });
  });
  const all = templates.value ?? [];
  const chosen = all.find(({ key }) => key === template) ?? all[0];
  if (!chosen) {
    return (
      <p>
        The ways to reflect come with the programme: <a href={link("/modules")}>fetch it</a>.
      </p>
    );
  }
  const submit = (event: Event) => {
    event.preventDefault();
    void begin.run(chosen.key);
  };
  return (
    <form onSubmit={submit}>
      <h2>Begin a reflection</h2>
      <FaultNotice fault={begin.fault} />
      <Select
        label="Way to reflect"
        hint={chosen.purpose}
        value={chosen.key}
        choices={all.map(({ key, title }) => ({ value: key, text: title }))}
        onChange={(template) => say({ template })}
      />
      <TextField label="Title" value={title} onInput={(title) => say({ title })} />
      <Button submit busy={begin.busy}>
        Begin
      </Button>
    </form>
  );
}
