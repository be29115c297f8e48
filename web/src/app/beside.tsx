import type { Beside, Tabs } from "../core/beside";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { link } from "./routes";

interface BesideProps {
  tabs: Tabs;
  /** Who is signed in in this tab, if somebody is. */
  signedIn?: string;
  onRead(): void;
}

/** What a tab says of desks in other tabs of the browser, and of what becomes of what is typed. */
export function OtherTabs({ tabs, signedIn, onRead }: BesideProps) {
  const { open, signedOut } = tabs;
  if (open.length + signedOut.length === 0) return null;
  const words = signedIn === undefined ? forNobody : forSignedIn(signedIn);
  return (
    <div class="nhsuk-width-container">
      {signedOut.length > 0 && (
        <Notice title="Signed out in another tab">
          <p>
            {namesOf(signedOut, signedIn)} signed out in another tab of this browser.{" "}
            {words.signedOut}
          </p>
          <div class="desk-row">
            {signedIn !== undefined && <a href={link("/sign-out")}>Sign out here as well</a>}
            <Button kind="secondary" onClick={onRead}>
              I have read this
            </Button>
          </div>
        </Notice>
      )}
      {open.length > 0 && (
        <Notice title="A desk is open in another tab">
          <p>
            {namesOf(open, signedIn)} {isYou(open, signedIn) ? "are" : "is"} signed in in another
            tab of this browser. {words.open}
          </p>
        </Notice>
      )}
    </div>
  );
}

const forNobody = {
  signedOut: "Nothing that was typed there is left in this browser.",
  open: "That desk stays as it is, with what is typed there, whatever you do here. If it is not yours, leave it to them; if nobody is there, sign it out in that tab.",
};

function forSignedIn(name: string) {
  return {
    signedOut: `This tab is still signed in as ${name}: what you typed here is here, and goes on being sent.`,
    open: "Each tab keeps what is typed in it and sends that by itself. Signing out in one leaves the other signed in: sign out in both.",
  };
}

function namesOf(desks: readonly Beside[], signedIn: string | undefined): string {
  const names = [...new Set(desks.map(({ name }) => (name === signedIn ? "You" : name)))];
  return names.join(" and ");
}

function isYou(desks: readonly Beside[], signedIn: string | undefined): boolean {
  return new Set(desks.map(({ name }) => name)).size > 1 || desks[0]?.name === signedIn;
}
