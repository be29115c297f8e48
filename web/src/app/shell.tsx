import { useEffect, useState } from "preact/hooks";
import type { Account } from "../core/api";
import { useDesk } from "../core/desk";
import { useCore } from "../core/use_core";
import { Button } from "../parts/button";
import { NothingHere } from "../parts/of_address";
import { Title } from "../parts/title";
import { useAskBeforeLeaving } from "../parts/unfinished";
import { useEndedElsewhere } from "./ended_elsewhere";
import { IdleLock } from "./lock";
import { pages } from "./pages";
import { addressOf, find, link, type PageView, type Params, useHash } from "./routes";
import { StateBanner } from "./state_banner";
import { AccountContext, EndContext } from "./who";

/** Milliseconds until the first page is there and the rest may be fetched. */
const soon = 1_000;

interface ShellProps {
  account: Account;
  onEnd(words: string): void;
}

/** The desk of a person who is signed in: navigation, how syncing stands, and a page. */
export function Shell({ account: joined, onEnd }: ShellProps) {
  const address = addressOf(useHash());
  const account = useCore((core) => core.account(), ["account", "people"]).value ?? joined;
  useConditions();
  useAllPages();
  useWordsBeforeLeaving();
  useEndedElsewhere(onEnd);
  return (
    <AccountContext.Provider value={account}>
      <EndContext.Provider value={onEnd}>
        <IdleLock>
          <SkipLink />
          <Bar account={account} address={address} />
          <div class="nhsuk-width-container">
            <StateBanner />
            <main class="desk-main" id="main" tabIndex={-1}>
              <Shown address={address} />
            </main>
          </div>
        </IdleLock>
      </EndContext.Provider>
    </AccountContext.Provider>
  );
}

/** Goes to the page itself. The fragment is the address of a page, so no link can do it. */
function SkipLink() {
  const skip = (event: Event) => {
    event.preventDefault();
    document.getElementById("main")?.focus();
  };
  return (
    <a class="nhsuk-skip-link" href="#main" onClick={skip}>
      Skip to the page
    </a>
  );
}

function Bar({ account, address }: { account: Account; address: string }) {
  const counts = useCore((core) => core.inboxCounts(), ["documents", "status", "people"]);
  const waiting = counts.value?.total ?? 0;
  const shown = pages.filter(({ nav, isFor }) => nav && (isFor?.(account) ?? true));
  return (
    <header class="desk-bar">
      <div class="nhsuk-width-container desk-bar__in">
        <p class="desk-bar__name">Enhance</p>
        <div class="desk-row desk-bar__person">
          <span>{account.person.name}</span>
          <a href={link("/sign-out")}>Sign out</a>
        </div>
        <nav aria-label="Desk">
          <ul>
            {shown.map(({ path, nav }) => (
              <li key={path}>
                <a href={link(path)} aria-current={path === address ? "page" : undefined}>
                  {nav}
                  {path === "/" && waiting > 0 && (
                    <span class="desk-count">
                      {waiting}
                      <span class="nhsuk-u-visually-hidden"> waiting</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Shown({ address }: { address: string }) {
  const [shown, setShown] = useState<{ address: string; view: PageView; params: Params }>();
  const [failures, setFailures] = useState(0);
  const [failedAt, setFailedAt] = useState<string>();
  useEffect(() => {
    let left = false;
    const found = find(pages, address);
    setFailedAt(undefined);
    found?.page.load().then(
      ({ default: view }) => !left && setShown({ address, view, params: found.params }),
      () => !left && setFailedAt(address),
    );
    return () => {
      left = true;
    };
  }, [address, failures]);
  if (!find(pages, address)) {
    return <NothingHere />;
  }
  if (failedAt === address) {
    return <NotLoaded onAgain={() => setFailures(failures + 1)} />;
  }
  if (shown?.address !== address) {
    return null;
  }
  const View = shown.view;
  return <View key={address} params={shown.params} />;
}

/** A part of the program did not come: there is no network, or there is a newer desk. */
function NotLoaded({ onAgain }: { onAgain(): void }) {
  return (
    <>
      <Title text="This page could not be loaded" />
      <p>
        There is no connection, or the desk was updated meanwhile. What you wrote is safe. If it
        fails again, sign out and sign in again.
      </p>
      <Button onClick={onAgain}>Try again</Button>
    </>
  );
}

/** Fetches every page soon after signing in: without a network no more of them would come. */
function useAllPages() {
  useEffect(() => {
    const timer = setTimeout(async () => {
      for (const page of pages) {
        // One that does not come now is asked for again when somebody goes there.
        await page.load().catch(() => {});
      }
    }, soon);
    return () => clearTimeout(timer);
  }, []);
}

/** Tells the core whether there is a network and whether anybody looks. */
function useConditions() {
  const { core } = useDesk();
  useEffect(() => {
    const tell = () => {
      const foreground = document.visibilityState === "visible";
      const conditions = { online: navigator.onLine, metered: false, foreground };
      // A core that is gone needs not know.
      void core.setConditions(conditions).catch(() => {});
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    addEventListener("online", tell);
    addEventListener("offline", tell);
    return () => {
      document.removeEventListener("visibilitychange", tell);
      removeEventListener("online", tell);
      removeEventListener("offline", tell);
    };
  }, [core]);
}

/** On a shared computer closing the window loses what was not sent: the browser asks first. */
function useWordsBeforeLeaving() {
  const { keeping } = useDesk();
  const unsent = useCore((core) => core.unsent(), ["status", "documents", "drafts"]);
  const loses = keeping === "memory" && Boolean(unsent.value?.confirmation);
  useAskBeforeLeaving(loses);
}
