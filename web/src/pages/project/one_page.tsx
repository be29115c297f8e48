import { useState } from "preact/hooks";
import type { Params } from "../../app/routes";
import type { DocumentId, LearningCore, Sha256, SharingCheck } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Button } from "../../parts/button";
import { OfAddress } from "../../parts/of_address";
import { Sheet } from "../../parts/sheet";
import { Title } from "../../parts/title";
import { download } from "../download";
import { Findings } from "../findings";
import { isAsked } from "../findings_words";
import { BackToPlan } from "./back_to_plan";
import { fileName } from "./file_name";

/** The one page of a plan as it goes to a panel: to be read here, printed, or kept as a file. */
export default function OnePage({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const [acknowledged, setAcknowledged] = useState<Sha256>();
  const asked = useCore(
    (core) => pageOf(core, id, acknowledged),
    { topics: ["documents"], document: id },
    [id, acknowledged],
  );
  return (
    <OfAddress asked={asked}>
      {({ title, check, page }) => (
        <>
          <BackToPlan id={id} />
          <Title text="The one page" />
          <p>
            All of the plan on a sheet of A4, for a panel. Anybody can check the file against the
            plan.
          </p>
          {page === undefined ? (
            <BeforeSharing check={check} onSeen={() => setAcknowledged(check.acknowledgement)} />
          ) : (
            <Shown title={title} page={page} />
          )}
        </>
      )}
    </OfAddress>
  );
}

/** The page, unless something probable was found in the plan that nobody has looked at. */
async function pageOf(core: LearningCore, id: DocumentId, acknowledged: Sha256 | undefined) {
  const { title } = (await core.project(id)).project;
  const check = await core.checkBeforeSharing(id);
  if (!isAsked(check)) return { title, check, page: await core.projectPage(id) };
  // What was written since then has not been looked at.
  const isSeen = check.acknowledgement === acknowledged;
  const page = isSeen ? await core.projectPageAcknowledged(id, acknowledged) : undefined;
  return { title, check, page };
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();

function BeforeSharing({ check, onSeen }: { check: SharingCheck; onSeen(): void }) {
  const [isSeen, setIsSeen] = useState(false);
  return (
    <>
      <p>The page is for others: look first at what may tell who somebody is.</p>
      <Findings check={check} labels={NO_LABELS} seen={isSeen} onSeen={setIsSeen} />
      {isSeen && <Button onClick={onSeen}>Show the page</Button>}
    </>
  );
}

function Shown({ title, page }: { title: string; page: string }) {
  return (
    <>
      <div class="desk-row">
        <Button onClick={() => print()}>Print it</Button>
        <Button
          kind="secondary"
          onClick={() => download(`${fileName(title)}.html`, "text/html", page)}
        >
          Save it as a file
        </Button>
      </div>
      <Sheet page={page} label="The one page" />
    </>
  );
}
