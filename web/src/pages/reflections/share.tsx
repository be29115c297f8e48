import { useState } from "preact/hooks";
import type { PersonId, ReflectionView } from "../../core/api";
import { Button } from "../../parts/button";
import { Notice } from "../../parts/notice";
import { Opening } from "../../parts/opening";
import { Leaving } from "../leaving";
import { PersonChoice } from "../person_choice";

interface ShareProps {
  view: ReflectionView;
  labels: ReadonlyMap<string, string>;
  /** Makes what is being typed part of the reflection. */
  settle(): Promise<void>;
}

/** Sharing a copy of a reflection as it stands now: what may tell who somebody is comes first. */
export function Share(of: ShareProps) {
  const [shared, setShared] = useState("");
  return (
    <section aria-labelledby="share">
      <h2 id="share">Share a copy</h2>
      {shared && (
        <Notice title="Shared" kind="good">
          <p>{shared} gets a copy of the text as it stands now. Later changes do not reach it.</p>
        </Notice>
      )}
      <Opening
        button={(open) => (
          <Button kind="secondary" onClick={open}>
            Share a copy
          </Button>
        )}
      >
        {(close) => (
          <Sharing
            {...of}
            onShared={(name) => {
              setShared(name);
              close();
            }}
          />
        )}
      </Opening>
    </section>
  );
}

function Sharing(props: ShareProps & { onShared(name: string): void }) {
  const { view, labels, settle, onShared } = props;
  const [person, setPerson] = useState<PersonId | "">("");
  const [name, setName] = useState("");
  const choose = (chosen: PersonId | "", called: string) => {
    setPerson(chosen);
    setName(called);
  };
  return (
    <>
      <PersonChoice label="With whom" value={person} onChange={choose} />
      {person && (
        <Leaving
          key={person}
          send={`Share it with ${name}`}
          labels={labels}
          settle={settle}
          check={(core) => core.checkBeforeSharing(view.id)}
          give={(core, { acknowledgement }) =>
            core.shareReflectionAcknowledged(view.id, person, acknowledgement)
          }
          onDone={() => onShared(name)}
        />
      )}
    </>
  );
}
