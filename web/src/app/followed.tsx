import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { type Brought, linkOf } from "./fragment";
import { cutWords } from "./link_words";
import { SigningOut } from "./signing_out";

interface FollowedProps {
  link: Brought;
  /** Who is signed in here, if somebody is. */
  signedIn?: string;
  /** It is left alone. */
  onStay(): void;
  /** The desk was ended for it. */
  onEnd?(words: string): void;
}

/** What is said of a link that was followed in a window in which somebody has something open. */
export function Followed({ link, signedIn, onStay, onEnd }: FollowedProps) {
  if (link.type === "cut") {
    const { title, words } = cutWords(link.of);
    return (
      <Dialog title={title} onClose={onStay}>
        <p>{words}</p>
        <Button onClick={onStay}>Go on here</Button>
      </Dialog>
    );
  }
  if (link.type === "invitation" && signedIn && onEnd) {
    return <Invitation signedIn={signedIn} onStay={onStay} onEnd={onEnd} />;
  }
  if (link.type === "invitation" || link.type === "ticket") {
    return <InTabOfItsOwn link={link} onStay={onStay} {...(signedIn && { signedIn })} />;
  }
  return null;
}

interface InvitationProps {
  signedIn: string;
  onStay(): void;
  onEnd(words: string): void;
}

function Invitation({ signedIn, onStay, onEnd }: InvitationProps) {
  const unsent = useCore((core) => core.unsent(), ["status", "documents", "drafts", "quarantine"]);
  return (
    <Dialog title={`You are signed in as ${signedIn}`} onClose={onStay}>
      <p>
        The link that you followed is an invitation. It was not used: somebody is signed in here
        already. To use it here, sign out first.
      </p>
      <Answer asked={unsent}>
        {(value) => <SigningOut unsent={value} words="Sign out and use it" onEnd={onEnd} />}
      </Answer>
      <Button kind="secondary" onClick={onStay}>
        Stay signed in
      </Button>
    </Dialog>
  );
}

/** A window of its own keeps what is open here, and hears nothing of it. */
function InTabOfItsOwn({ link, signedIn, onStay }: FollowedProps) {
  const what = link.type === "ticket" ? "ticket" : "invitation";
  return (
    <Dialog
      title={`This link is ${what === "ticket" ? "a ticket" : "an invitation"}`}
      onClose={onStay}
    >
      {signedIn ? (
        <p>
          You are signed in here as {signedIn}. A ticket is opened without an account, and whoever
          made it hears no name but the one you give: open it in a tab of its own. Your desk stays
          as it is.
        </p>
      ) : (
        <p>
          What stands in this window is nowhere else yet. Open the {what} in a tab of its own, and
          nothing here is lost.
        </p>
      )}
      <div class="desk-row">
        <a
          class="nhsuk-button"
          href={linkOf(link)}
          target="_blank"
          rel="noopener noreferrer"
          onClick={onStay}
        >
          Open it in a new tab
        </a>
        <Button kind="secondary" onClick={onStay}>
          Stay here
        </Button>
      </div>
    </Dialog>
  );
}
