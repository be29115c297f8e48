import { link } from "../../app/routes";
import type { SignOffRequestView } from "../../core/api";
import { Of } from "../../parts/of";
import { Tag } from "../../parts/tag";
import { Moment } from "../../parts/time";
import { howAnswered, standings, subjects } from "./words";

/** A request for a sign-off in a list: what it is about, with whom, and how far it has come. */
export function Request({ view }: { view: SignOffRequestView }) {
  const { text, colour } = standings[view.standing];
  const other = view.mine ? view.asked : view.trainee;
  const how = howAnswered(view);
  const name = other?.name ?? (view.mine ? "to be signed here" : "a person not known here");
  return (
    <>
      <h3 class="nhsuk-heading-s">
        <a href={link("/sign-offs/:id", { id: view.id })}>
          {view.title || "Untitled"}
          <Of />
        </a>
      </h3>
      <p class="desk-row">
        <Tag colour={colour}>{text}</Tag>
        <span>
          {subjects[view.kind]}, {name}, <Moment at={view.at} />
          {how && `, ${how}`}
        </span>
      </p>
    </>
  );
}
