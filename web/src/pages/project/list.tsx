import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { DocumentSummary, ProjectStatus } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Of } from "../../parts/of";
import { Portion } from "../../parts/portion";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { Title } from "../../parts/title";
import { camel } from "./things";
import * as words from "./words";

const STEP = 30;

/** The plans this person takes part in, changed last first. */
export default function ProjectsPage() {
  const [limit, setLimit] = useState(STEP);
  const topics = ["documents", "status", "members", "quarantine"] as const;
  const projects = useCore((core) => core.projects(null, limit), topics, [limit]);
  return (
    <>
      <Title text="Plans" />
      <p>
        <a class="nhsuk-button" href={link("/projects/new")}>
          Begin a plan
        </a>
      </p>
      <Answer asked={projects}>
        {({ items, more }) => (
          <Portion
            items={items}
            more={more}
            itemKey={(item) => item.id}
            itemName={({ title }) => title}
            onMore={() => setLimit(limit + STEP)}
            empty="You take part in no plan yet."
          >
            {(item) => <Summary item={item} />}
          </Portion>
        )}
      </Answer>
    </>
  );
}

function Summary({ item }: { item: DocumentSummary }) {
  const status = words.status[camel(item.status) as ProjectStatus] ?? item.status;
  return (
    <>
      <h2 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">
        <a href={link("/projects/:id", { id: item.id })}>
          {item.title || "Without a title"}
          <Of />
        </a>
      </h2>
      <p class="nhsuk-u-margin-bottom-1">
        {status && <Tag colour="blue">{status}</Tag>} {item.owner && `${item.owner.name}, `}
        changed <Moment at={item.updatedAt} />
      </p>
      {item.quarantined && <Tag colour="red">Something was refused</Tag>}
      {item.stage === "saved" && <Tag colour="grey">Not sent yet</Tag>}
      {item.preview && <p class="nhsuk-hint nhsuk-u-margin-bottom-0">{item.preview}</p>}
    </>
  );
}
