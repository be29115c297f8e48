import { link, type Params } from "../../app/routes";
import type { ModuleView } from "../../core/api";
import { useCore } from "../../core/use_core";
import { OfAddress } from "../../parts/of_address";
import { Tag } from "../../parts/tag";
import { Title } from "../../parts/title";
import { AddSession } from "../log/add";
import { AskForSignOff } from "../sign_off/ask";
import { SignOffs } from "../sign_off/of";
import { Activity } from "./activity";
import { Markdown } from "./markdown";
import { withoutTitle } from "./page";
import { time } from "./words";

/** A module: its page, what one will be able to do, and what there is to do. */
export default function Module({ params }: { params: Params }) {
  const key = params.key ?? "";
  const module = useCore((core) => core.module(key), ["packs", "documents"], [key]);
  return (
    <OfAddress asked={module}>
      {(view) => (
        <>
          <Title text={view.summary.title} />
          <Summary view={view} />
          {view.page.isMissing ? (
            <p>This page did not come whole. The next sync fetches it again.</p>
          ) : (
            <Markdown text={withoutTitle(view.page.text)} />
          )}
          <h2>You will be able to</h2>
          <ul>
            {view.outcomes.map(({ key, text }) => (
              <li key={key}>{text}</li>
            ))}
          </ul>
          <h2>Activities</h2>
          <ul class="desk-list">
            {view.activities.map((activity) => (
              <li key={activity.activity.key}>
                <Activity view={activity} />
              </li>
            ))}
          </ul>
          <AddSession module={key} />
          <SignOffs>
            <AskForSignOff subject={{ type: "module", key }} what="this module" />
          </SignOffs>
          <p>
            <a href={link("/modules")}>All modules</a>
          </p>
        </>
      )}
    </OfAddress>
  );
}

function Summary({ view: { summary } }: { view: ModuleView }) {
  const { minutesDone, minMinutes, suggestedStage, complete } = summary;
  return (
    <p class="desk-row">
      {complete && <Tag colour="green">Complete</Tag>}
      <span>
        {time(minutesDone)} of {time(minMinutes)}
        {suggestedStage && `, meant for ${suggestedStage}`}
      </span>
    </p>
  );
}
