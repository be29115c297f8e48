import { useEffect } from "preact/hooks";
import { link, type Params } from "../../app/routes";
import type { DocumentId, SignOffRequestView } from "../../core/api";
import { useDesk } from "../../core/desk";
import { useCore } from "../../core/use_core";
import { OfAddress } from "../../parts/of_address";
import { Tag } from "../../parts/tag";
import { Moment, withMoments } from "../../parts/time";
import { Title } from "../../parts/title";
import { partsOf } from "../project/read_text";
import { TextInWords } from "../project/text_in_words";
import { Row } from "../row";
import { Standing } from "../standing";
import { Answers } from "./answers";
import { Changed } from "./changed";
import { Meaning } from "./meaning";
import { Sign } from "./sign";
import { Witness } from "./witness";
import { howAnswered, standings, subjects } from "./words";

/** A request for a sign-off: the very text that is signed, what was answered, and answering it. */
export default function SignOff({ params }: { params: Params }) {
  const id = params.id as DocumentId;
  const { core } = useDesk();
  const asked = useCore(
    async (core) => {
      const [view, changed] = [await core.signOffRequest(id), await core.changedSinceSignOff(id)];
      return { view, changed };
    },
    ["documents", "drafts", "status", "people"],
    [id],
  );
  const isOthers = asked.value?.view.mine === false;
  useEffect(() => {
    // Who asked is told that it was seen. If that fails, it is told the next time.
    if (isOthers) core.markSeen(id).catch(() => {});
  }, [core, id, isOthers]);
  return (
    <OfAddress asked={asked}>
      {({ view, changed }) => (
        <>
          <Title text={view.title || "Untitled"} windowName="Sign-off" />
          <About view={view} />
          <Changed view={view} changed={changed} />
          <Answers view={view} />
          <section aria-labelledby="signed-text">
            <h2 id="signed-text">{view.mine ? "The text" : "The text you are asked to sign"}</h2>
            <Text view={view} />
          </section>
          {view.mine ? (
            <Witness view={view} />
          ) : (
            <>
              <Meaning view={view} />
              <Sign view={view} />
            </>
          )}
        </>
      )}
    </OfAddress>
  );
}

/** A plan is signed in the words of documents: they are beside those that people read. */
function Text({ view: { kind, text } }: { view: SignOffRequestView }) {
  const signed = <div class="desk-signed">{withMoments(text)}</div>;
  if (kind !== "project") return signed;
  return (
    <>
      <TextInWords parts={partsOf(withMoments(text))} />
      <details class="nhsuk-details">
        <summary class="nhsuk-details__summary">
          <span class="nhsuk-details__summary-text">The same text letter by letter, as signed</span>
        </summary>
        <div class="nhsuk-details__text">{signed}</div>
      </details>
    </>
  );
}

function About({ view }: { view: SignOffRequestView }) {
  const { text, colour } = standings[view.standing];
  return (
    <>
      <dl class="nhsuk-summary-list">
        <Row name="What">
          {subjects[view.kind]}
          {view.document && view.mine && (
            <>
              {" "}
              (<a href={subjectLink(view.kind, view.document)}>open it</a>)
            </>
          )}
        </Row>
        <Row name="Asked by">
          {view.mine ? "you" : (view.trainee?.name ?? "a person not known here")},{" "}
          <Moment at={view.at} />
        </Row>
        {view.mine && <Row name="Asked">{view.asked?.name ?? "whoever signs here"}</Row>}
        <Row name="State">
          <Tag colour={colour}>{text}</Tag> {howAnswered(view)}
        </Row>
        <Row name="Where it is">
          <Standing status={view.status} />
        </Row>
      </dl>
      {view.note !== "" && <div class="nhsuk-inset-text">{view.note}</div>}
      {view.message && (
        <div class="nhsuk-inset-text">
          <p class="nhsuk-hint">
            {view.mine ? "You wrote with it" : "Written to you with it"}; this is not signed:
          </p>
          <p class="desk-prose">{view.message}</p>
        </div>
      )}
    </>
  );
}

function subjectLink(kind: SignOffRequestView["kind"], id: DocumentId): string {
  const path = { project: "/projects/:id", sharedReflection: "/copies/:id" };
  return link(kind in path ? path[kind as keyof typeof path] : "/reflections/:id", { id });
}
