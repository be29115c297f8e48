// A person at a desk: a page in a browser, and what they do there.

import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "playwright-core";
import { Browser } from "./browser.ts";
import type { Role, Server } from "./server.ts";
import { PATIENCE } from "./wait.ts";

/** What a desk keeps: nothing on a shared computer. */
export type Keeping = "A shared computer" | "My own device";

interface Joining {
  server: Server;
  role: Role;
  name: string;
  keeping?: Keeping;
}

/** The desk of one person, in a browser of its own. */
export class Desk {
  /** What a page must not do: requests to others, reports of its policy, errors nobody caught. */
  readonly trespasses: string[] = [];

  private constructor(
    readonly browser: Browser,
    private readonly server: Server,
    /** The page that is looked at. */
    public page: Page,
  ) {}

  /** A browser that shows the page of a server, which is nobody's desk yet. */
  static async open(server: Server): Promise<Desk> {
    const browser = await Browser.start();
    const { context } = browser;
    const desk = new Desk(browser, server, context.pages()[0] ?? (await context.newPage()));
    desk.watch(desk.page);
    await desk.visit();
    return desk;
  }

  /** Somebody who was invited, and has joined here. */
  static async join({ server, role, name, keeping = "A shared computer" }: Joining): Promise<Desk> {
    const desk = await Desk.open(server);
    await desk.enrols(await server.invite(role, name), keeping);
    return desk;
  }

  /** Loads the page as if its address had been typed. */
  async visit(): Promise<void> {
    await this.page.goto(`${this.server.url}/`);
  }

  /** Starts a browser that was ended, with what it kept. */
  async reopens(): Promise<void> {
    await this.browser.begin();
    const { context } = this.browser;
    this.page = context.pages()[0] ?? (await context.newPage());
    this.watch(this.page);
    await this.visit();
  }

  /** Goes on in a private window of the same browser. */
  async withdraws(): Promise<void> {
    const hidden = await this.browser.context.browser()?.newContext();
    if (!hidden) throw new Error("the browser has no private windows");
    this.page = await hidden.newPage();
    this.watch(this.page);
  }

  /** Joins by an invitation, keeps the recovery key and arrives in the inbox. */
  async enrols(invitation: string, keeping: Keeping): Promise<void> {
    const { page } = this;
    await page.getByLabel("Invitation code").fill(invitation);
    await page.getByLabel(keeping).check();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("I have written it down").check();
    await page.getByRole("button", { name: "Go to the inbox" }).click();
    await this.arrives("Inbox");
  }

  /** Goes to a page by its address, such as `/cohort`, and waits for its heading. */
  async goes(address: string, heading: string): Promise<void> {
    await this.page.evaluate((at) => {
      location.hash = at;
    }, address);
    await this.arrives(heading);
  }

  /** Fetches the programme, and begins a reflection: the field of its one question. */
  async reflects(title: string): Promise<Locator> {
    await this.goes("/modules", "Modules");
    await this.clicks("Fetch it");
    await this.shows(this.page.getByRole("link", { name: "Population health" }));
    await this.goes("/reflections", "Reflections");
    await this.page.getByLabel("Title").fill(title);
    await this.clicks("Begin");
    await this.arrives(title);
    return this.page.getByLabel("What do you want to remember?");
  }

  /** Waits for the heading of a page. */
  async arrives(heading: string): Promise<void> {
    await this.shows(this.page.getByRole("heading", { level: 1, name: heading }));
  }

  /** Waits until something is to be seen. */
  async shows(what: Locator | string | RegExp): Promise<void> {
    const isText = typeof what === "string" || what instanceof RegExp;
    const found = isText ? this.page.getByText(what) : what;
    try {
      await found.first().waitFor({ state: "visible", timeout: PATIENCE });
    } catch (cause) {
      const shown = await this.page.locator("body").textContent();
      throw new Error(`waited in vain for ${what}; the page says:\n${shown}`, { cause });
    }
  }

  /** Clicks on a button or link by its name. */
  async clicks(name: string | RegExp, role: "button" | "link" = "button"): Promise<void> {
    const found = this.page.getByRole(role, { name }).first();
    // A link may begin with words for screen readers alone, where no pointer can aim.
    if (role === "link") await found.press("Enter", { timeout: PATIENCE });
    else await found.click({ timeout: PATIENCE });
  }

  /** Exchanges with the server once, from the page on which that can be asked for. */
  async syncs(): Promise<void> {
    await this.goes("/sync", "Sync");
    await this.clicks("Sync now");
    await this.shows(this.page.getByRole("button", { name: "Sync now" }));
  }

  /** Waits until the page has read everything that it shows. */
  async rests(): Promise<void> {
    await this.page.getByText("Reading…").first().waitFor({ state: "hidden", timeout: PATIENCE });
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
  }

  /** What a check of accessibility says against the page as it stands. */
  async barriers(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .options({ rules: { "target-size": { enabled: true } } })
      .analyze();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
    );
  }

  /** Notes what the page must not do, from now on. */
  watch(page: Page): void {
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      const isOurs = origin === this.server.url || protocol === "blob:";
      if (!isOurs && protocol !== "about:") this.trespasses.push(`asked ${request.url()}`);
    });
    page.on("pageerror", (error) => this.trespasses.push(`threw ${error.message}`));
    page.on("console", (message) => {
      const text = message.text();
      if (/Content Security Policy|Trusted Type|TrustedScript/.test(text)) {
        this.trespasses.push(`was refused ${text}`);
      }
    });
  }

  /** The page did nothing that it must not do. */
  behaved(): void {
    assert.deepEqual(this.trespasses, []);
  }

  /** Closes the browser, and leaves nothing. */
  async end(): Promise<void> {
    await this.browser.end();
  }
}
