// Desks that people have open in other tabs of this browser. On a shared computer each tab holds
// one of its own, and nothing but what is told here says so.

import { useEffect, useRef, useState } from "preact/hooks";

const channelName = "enhance-people";

/** A desk in another tab. */
export interface Beside {
  readonly tab: string;
  /** Who is signed in there. */
  readonly name: string;
}

/** What tabs tell each other: who asks, who is there, and who is there no more. */
export type Told =
  | { readonly type: "ask" }
  | ({ readonly type: "here" | "closed" | "signedOut" } & Beside);

/** The desks in other tabs, and whose were signed out while this tab was open. */
export interface Tabs {
  readonly open: readonly Beside[];
  readonly signedOut: readonly Beside[];
}

export const ALONE: Tabs = { open: [], signedOut: [] };

/** More tabs than these are not told of. */
const MOST = 20;

/** The desks in other tabs after one of them told something. */
export function after(tabs: Tabs, told: Told): Tabs {
  if (told.type === "ask") return tabs;
  const one: Beside = { tab: told.tab, name: told.name };
  const isOther = ({ tab }: Beside) => tab !== told.tab;
  const open = tabs.open.filter(isOther);
  if (told.type === "here") {
    return { open: [...open, one].slice(-MOST), signedOut: tabs.signedOut.filter(isOther) };
  }
  if (told.type === "closed") return { ...tabs, open };
  return { open, signedOut: [...tabs.signedOut.filter(isOther), one].slice(-MOST) };
}

/** How the desk of this tab stands: whose it is, or that it was signed out. */
export type Own = { readonly name: string } | "ended" | undefined;

/** Tells other tabs whose desk is here, and hears of theirs. */
export function useTabsBeside(own: Own): { tabs: Tabs; forget(): void } {
  const [tabs, setTabs] = useState(ALONE);
  const tab = useRef(crypto.randomUUID());
  const last = useRef<string | undefined>(undefined);
  const name = typeof own === "object" ? own.name : undefined;
  const isEnded = own === "ended";
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    const say = (told: Told) => channel.postMessage(told);
    const sayOf = (type: "here" | "closed" | "signedOut", of: string | undefined) => {
      if (of !== undefined) say({ type, tab: tab.current, name: of });
    };
    channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.type === "ask") sayOf("here", name);
      else setTabs((before) => after(before, data));
    };
    // One that ended without a word says nothing when it is asked.
    const look = () => {
      if (document.visibilityState !== "visible") return;
      setTabs((before) => ({ ...before, open: [] }));
      say({ type: "ask" });
    };
    const goes = () => sayOf("closed", name);
    if (isEnded) sayOf("signedOut", last.current);
    last.current = name;
    sayOf("here", name);
    look();
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", goes);
    return () => {
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pagehide", goes);
      goes();
      channel.close();
    };
  }, [name, isEnded]);
  return { tabs, forget: () => setTabs((before) => ({ ...before, signedOut: [] })) };
}
