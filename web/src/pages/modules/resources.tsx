import type { MediaView, Resource } from "../../core/api";
import { useAction } from "../../core/use_action";
import { useCore } from "../../core/use_core";
import { Answer } from "../../parts/answer";
import { Button } from "../../parts/button";
import { FaultNotice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Picture } from "../../parts/picture";
import { download } from "../download";
import { Away, Markdown } from "./markdown";
import { withoutTitle } from "./page";
import { size, time } from "./words";

/** What an activity uses: on the web, or from the programme, to be read here. */
export function Resources({ resources }: { resources: readonly Resource[] }) {
  if (resources.length === 0) return null;
  return (
    <>
      <p class="nhsuk-u-margin-bottom-1">It uses:</p>
      <ul class="nhsuk-u-margin-bottom-3">
        {resources.map((resource) => (
          <li key={resource.key}>
            {resource.url ? (
              <Away href={resource.url}>{resource.title}</Away>
            ) : (
              <Here resource={resource} />
            )}
            {resource.minutes > 0 && `, ${time(resource.minutes)}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Here({ resource: { key, title } }: { resource: Resource }) {
  return (
    <Opening
      button={(open) => (
        <button type="button" class="desk-link" onClick={open}>
          {title}
        </button>
      )}
    >
      {(close) => (
        <section class="nhsuk-inset-text" aria-label={title}>
          <Button kind="secondary" onClick={close}>
            Close “{title}”
          </Button>
          <Media of={key} />
        </section>
      )}
    </Opening>
  );
}

function Media({ of }: { of: string }) {
  const asked = useCore(
    async (core) => ({ view: await core.media(of), bytes: await core.mediaBytes(of) }),
    ["packs"],
    [of],
  );
  return (
    <Answer asked={asked}>
      {({ view, bytes }) => (
        <>
          {isFilm(view) ? (
            <p>A browser does not show this here: see or hear it on your phone.</p>
          ) : bytes ? (
            <File view={view} bytes={bytes} />
          ) : (
            <Fetch view={view} onFetch={asked.again} />
          )}
          <Beside view={view} />
        </>
      )}
    </Answer>
  );
}

/** Film and sound are what a page of the desk may not play. */
function isFilm({ mediaType }: MediaView): boolean {
  return /^(video|audio)\//.test(mediaType ?? "");
}

function Fetch({ view, onFetch }: { view: MediaView; onFetch(): void }) {
  const fetch = useAction((core) => core.fetchMedia(view.key));
  return (
    <>
      <FaultNotice fault={fetch.fault} />
      <Button busy={fetch.busy} onClick={() => void fetch.run().then(onFetch)}>
        Fetch it ({size(view.bytes)})
      </Button>
    </>
  );
}

function File({ view: { key, title, mediaType }, bytes }: { view: MediaView; bytes: Uint8Array }) {
  const type = mediaType ?? "";
  const given = bytes as Uint8Array<ArrayBuffer>;
  if (type.startsWith("image/")) return <Picture bytes={given} type={type} words={title} />;
  if (type.startsWith("text/")) {
    return <Markdown text={withoutTitle(new TextDecoder().decode(bytes))} />;
  }
  return (
    <Button kind="secondary" onClick={() => download(key, type, given)}>
      Save it as a file
    </Button>
  );
}

/** What is said in a film, and where one stops and thinks. */
function Beside({ view: { transcript, pausePoints } }: { view: MediaView }) {
  return (
    <>
      {pausePoints.length > 0 && (
        <ul>
          {pausePoints.map(({ key, scene, prompt }) => (
            <li key={key}>
              <strong>{scene}</strong>: {prompt}
            </li>
          ))}
        </ul>
      )}
      {transcript && (
        <details class="nhsuk-details">
          <summary class="nhsuk-details__summary">
            <span class="nhsuk-details__summary-text">What there is to see and hear, as text</span>
          </summary>
          <div class="nhsuk-details__text desk-prose">{transcript}</div>
        </details>
      )}
    </>
  );
}
