import { useMemo } from "preact/hooks";
import { link, type Params } from "../../app/routes";
import type { DocumentId, Reader, ReflectionView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useCore } from "../../core/use_core";
import { OfAddress } from "../../parts/of_address";
import { Moment } from "../../parts/time";
import { Title } from "../../parts/title";
import { Typings } from "../project/typings";
import { Row } from "../row";
import { SignOffs, SignOffsOf } from "../sign_off/of";
import { Standing } from "../standing";
import { Tags } from "../tags";
import { ToTickets } from "../tickets/to";
import { Rename } from "./rename";
import { Share } from "./share";
import { Written } from "./written";

/** A reflection of one's own: writing it, sharing a copy, and who has read one. */
export default function Reflection({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const { core } = useDesk();
  const typings = useMemo(() => new Typings(core, id), [core, id]);
  const asked = useCore(
    (core) => core.reflection(id),
    ["documents", "drafts", "status", "members", "people"],
    [id],
  );
  return (
    <OfAddress asked={asked}>
      {(view) => (
        <>
          <Title text={view.reflection.title || "Untitled"} windowName="Reflection" />
          <About view={view} />
          <Rename view={view} />
          {questions(view).map(({ key, label, help }) => (
            <Written
              key={key}
              view={view}
              typings={typings}
              prompt={key}
              label={label}
              help={help}
            />
          ))}
          <Share view={view} labels={labelsOf(view)} settle={() => typings.settle()} />
          <Readers id={id} readers={view.readers} />
          <ToTickets of="reflections" id={id} />
          <SignOffs>
            <SignOffsOf
              id={id}
              ask={{
                subject: { type: "reflection", id },
                what: "this reflection",
                labels: labelsOf(view),
                settle: () => typings.settle(),
              }}
            />
          </SignOffs>
        </>
      )}
    </OfAddress>
  );
}

function About({ view }: { view: ReflectionView }) {
  const { reflection, status } = view;
  return (
    <>
      <p>
        Only you can read this. It is encrypted before it leaves this browser, and others read
        nothing of it but the copies that you share.
      </p>
      <dl class="nhsuk-summary-list">
        <Row name="Begun">
          <Moment at={reflection.createdAt} />
        </Row>
        <Row name="Where it is">
          <Standing status={status} />
        </Row>
      </dl>
      <Tags tags={reflection.tags} />
    </>
  );
}

interface Question {
  key: string;
  label: string;
  help: string;
}

/** What is asked, in the order of the template, and what was answered beside that. */
function questions({ template, reflection }: ReflectionView): Question[] {
  const prompts: Question[] = (template?.prompts ?? []).map(({ key, label, help }) => {
    return { key, label, help };
  });
  const asked = new Set(prompts.map(({ key }) => key));
  const others = [...reflection.answers.keys()].filter((key) => !asked.has(key));
  return [...prompts, ...others.map((key) => ({ key, label: key, help: "" }))];
}

function labelsOf(view: ReflectionView): ReadonlyMap<string, string> {
  return new Map(questions(view).map(({ key, label }) => [key, label]));
}

function Readers({ id, readers }: { id: DocumentId; readers: readonly Reader[] }) {
  const others = readers.filter(({ via }) => via !== id);
  return (
    <section aria-labelledby="readers">
      <h2 id="readers">Who can read a copy</h2>
      {others.length === 0 ? (
        <p>Nobody.</p>
      ) : (
        <ul>
          {others.map(({ person, via, seen }) => (
            <li key={via}>
              {person.name}: <a href={link("/copies/:id", { id: via })}>their copy</a>
              {seen ? (
                <>
                  , seen <Moment at={seen} />
                </>
              ) : (
                ", not seen yet"
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
