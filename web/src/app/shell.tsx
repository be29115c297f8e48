import { useEffect, useState } from "preact/hooks";
import type { Account } from "../core/api";
import { useDesk } from "../core/desk";
import { useCore } from "../core/use_core";
import { Title } from "../parts/title";
import { unfinishedTexts } from "../parts/unfinished";
import { IdleLock } from "./lock";
import { pages } from "./pages";
import { addressOf, find, link, type PageView, type Params, useHash } from "./routes";
import { StateBanner } from "./state_banner";
import { AccountContext, EndContext } from "./who";

interface ShellProps {
  account: Account;
  onEnd(words: string): void;
}

/** The desk of a person who is signed in: navigation, how syncing stands, and a page. */
export function Shell({ account: joined, onEnd }: ShellProps) {
  const address = addressOf(useHash());
  const account = useCore((core) => core.account(), ["account", "people"]).value ?? joined;
  useConditions();
  useWordsBeforeLeaving();
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
        <span>{account.person.name}</span>
        <a href={link("/sign-out")}>Sign out</a>
      </div>
    </header>
  );
}

function Shown({ address }: { address: string }) {
  const [shown, setShown] = useState<{ address: string; view: PageView; params: Params }>();
  const [failed, setFailed] = useState<unknown>();
  useEffect(() => {
    let left = false;
    const found = find(pages, address);
    found?.page.load().then(
      ({ default: view }) => !left && setShown({ address, view, params: found.params }),
      (error: unknown) => !left && setFailed(() => error),
    );
    return () => {
      left = true;
    };
  }, [address]);
  if (failed) {
    throw failed;
  }
  if (!find(pages, address)) {
    return <Title text="There is no such page" />;
  }
  if (shown?.address !== address) {
    return null;
  }
  const View = shown.view;
  return <View key={address} params={shown.params} />;
}

/** Tells the core whether there is a network and whether anybody looks. */
function useConditions() {
  const { core } = useDesk();
  useEffect(() => {
    const tell = () => {
      const foreground = document.visibilityState === "visible";
      void core.setConditions({ online: navigator.onLine, metered: false, foreground });
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
  useEffect(() => {
    const ask = (event: Event) => {
      if (loses || unfinishedTexts() > 0) {
        event.preventDefault();
      }
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [loses]);
}
