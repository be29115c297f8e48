import { useState } from "preact/hooks";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Portion } from "../../parts/portion";
import { Title } from "../../parts/title";
import { Request } from "./request";

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
          itemName={({ title }) => title}
          onMore={() => setLimit(limit + PAGE)}
          empty={empty}
        >
          {(view) => <Request view={view} />}
        </Portion>
      )}
    </Answer>
  );
}
