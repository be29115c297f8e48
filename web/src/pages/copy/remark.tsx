import type { DocumentId, RemarkView } from "../../core/api";
import { useAction } from "../../core/use_action";
import { FaultNotice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Moment } from "../../parts/time";
import { Writing } from "./writing";

/** One thing that somebody said; who said it can say it in other words, delete it and put it back. */
export function Remark({ about, remark }: { about: DocumentId; remark: RemarkView }) {
  const { place, by, mine, body, at, editedAt, deleted } = remark;
  const remove = useAction((core) =>
    deleted ? core.putBackComment(about, place.id) : core.deleteComment(about, place.id),
  );
  const name = mine ? "You" : (by?.name ?? "A person not known here");
  return (
    <>
      <p class="nhsuk-u-margin-bottom-1">
        <strong>{name}</strong>{" "}
        <span class="desk-quiet">
          <Moment at={at} />
          {editedAt !== null && ", in other words since"}
        </span>
      </p>
      <Opening
        place={`${place.id} rewritten`}
        button={(open) => (
          <>
            <p class="desk-prose">{deleted ? <em>Deleted by its author.</em> : body}</p>
            {mine && (
              <p class="desk-row desk-small">
                {!deleted && (
                  <button type="button" class="desk-link" onClick={open}>
                    Edit
                  </button>
                )}
                <button type="button" class="desk-link" onClick={() => void remove.run()}>
                  {deleted ? "Put back" : "Delete"}
                </button>
              </p>
            )}
          </>
        )}
      >
        {(close) => (
          <Writing
            about={about}
            label="In other words"
            place={`${place.id} rewritten`}
            send="Save"
            text={body}
            write={(core, text) => core.rewriteComment(about, place.id, text)}
            onEnd={close}
          />
        )}
      </Opening>
      <FaultNotice fault={remove.fault} />
    </>
  );
}
