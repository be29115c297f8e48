import { link, type Params } from "../app/routes";
import type { DocumentKind, EditView, QuarantineId, QuarantineView } from "../core/api";
import { sentence } from "../core/fault";
import { useAction } from "../core/use_action";
import { useCore } from "../core/use_core";
import { Button } from "../parts/button";
import { FaultNotice } from "../parts/notice";
import { OfAddress } from "../parts/of_address";
import { type Column, Table } from "../parts/table";
import { Moment } from "../parts/time";
import { Title } from "../parts/title";
import { nameOfPlace } from "./project/places";
import { upperFirst } from "./project/things";

/** Work that the server refused: what it says, why, and what can be done with it. */
export default function QuarantinePage({ params }: { params: Params }) {
  const id = Number(params.id) as QuarantineId;
  const item = useCore((core) => core.quarantinedItem(id), ["quarantine"], [id]);
  return (
    <OfAddress asked={item}>
      {(value) => (
        <>
          <Title text="Refused work" />
          <Refused item={value} />
          <p>
            <a class="desk-link" href={link("/sync")}>
              Back to syncing
            </a>
          </p>
        </>
      )}
    </OfAddress>
  );
}

/** Where something was to be written. The plan itself may be gone from here. */
function placeInWords(path: string, kind: DocumentKind): string {
  if (kind === "changeProject") return nameOfPlace(path);
  return upperFirst((path.split("/").at(-1) ?? path).replaceAll("_", " "));
}

function columnsOf(kind: DocumentKind): readonly Column<EditView>[] {
  return [
    { head: "Where", cell: ({ path }) => placeInWords(path, kind) },
    { head: "Before", cell: ({ before }) => before || "Empty" },
    { head: "What you wrote", cell: ({ after }) => after || "Empty" },
  ];
}

function Refused({ item }: { item: QuarantineView }) {
  const { id, kind, title, explanation, words, at, resolvedAt } = item.summary;
  const replay = useAction((core) => core.replay(id));
  const dismiss = useAction((core) => core.dismiss(id));
  const leave = (done: boolean) => {
    if (done) {
      location.hash = link("/sync");
    }
  };
  return (
    <>
      <p>
        <strong>{title || "Without a title"}</strong>, <Moment at={at} />
      </p>
      <p>{words || sentence(explanation)}</p>
      <Table
        caption="What was refused"
        columns={columnsOf(kind)}
        rows={item.edits}
        rowKey={(edit) => edit.path}
      />
      <FaultNotice fault={replay.fault ?? dismiss.fault} />
      {resolvedAt ? (
        <p>
          You dealt with this <Moment at={resolvedAt} />.
        </p>
      ) : (
        <div class="desk-row">
          {item.canReplay && (
            <Button busy={replay.busy} onClick={() => void replay.run().then(leave)}>
              Do it again
            </Button>
          )}
          <Button
            kind="secondary"
            busy={dismiss.busy}
            onClick={() => void dismiss.run().then(leave)}
          >
            I have dealt with it
          </Button>
        </div>
      )}
    </>
  );
}
