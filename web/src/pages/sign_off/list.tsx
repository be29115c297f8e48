import { useState } from "preact/hooks";
import { link } from "../../app/routes";
import type { SignOffRequestView } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Portion } from "../../parts/portion";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { Title } from "../../parts/title";
import { standings, subjects } from "./words";

/** So many requests are shown at first, and with each "more". */
const PAGE = 20;

/** Every request for a sign-off: what others asked of this person, and what they asked of others. */
export default function SignOffs() {
  return (
    <>
      <Title text="Sign-offs" />
      <h2>Asked of you</h2>
      <Requests mine={false} empty="Nobody has asked you to sign anything." />
      <h2>Asked by you</h2>
      <Requests mine={true} empty="You have asked nobody to sign anything." />
    </>
  );
}

function Requests({ mine, empty }: { mine: boolean; empty: string }) {
  const [limit, setLimit] = useState(PAGE);
  const asked = useCore(
    (core) => core.signOffsPage(mine, null, limit),
    ["documents", "status", "people"],
    [mine, limit],
  );
  return (
    <Answer asked={asked}>
      {({ items, more }) => (
        <Portion
          items={items}
          more={more}
          itemKey={(view) => view.id}
          onMore={() => setLimit(limit + PAGE)}
          empty={empty}
        >
          {(view) => <Request view={view} />}
        </Portion>
      )}
    </Answer>
  );
}

function Request({ view }: { view: SignOffRequestView }) {
  const { text, colour } = standings[view.standing];
  const other = view.mine ? view.asked : view.trainee;
  const name = other?.name ?? (view.mine ? "to be signed here" : "a person not known here");
  return (
    <>
      <h3 class="nhsuk-heading-s">
        <a href={link("/sign-offs/:id", { id: view.id })}>{view.title || "Untitled"}</a>
      </h3>
      <p class="desk-row">
        <Tag colour={colour}>{text}</Tag>
        <span>
          {subjects[view.kind]}, {name}, <Moment at={view.at} />
        </span>
      </p>
    </>
  );
}
