import type { Account, Role } from "../core/api";
import type { Page } from "./routes";

/** Whether a person has one of these roles. */
function has({ person }: Account, ...roles: readonly Role[]): boolean {
  return person.roles.some(({ role }) => roles.includes(role));
}

const isTrainee = (account: Account) => has(account, "trainee");
const helpsOthers = (account: Account) => has(account, "supervisor", "fellow");

/** Every page of the desk, a line each. The first is where a person arrives. */
export const pages: readonly Page[] = [
  { path: "/", nav: "Inbox", load: () => import("../pages/inbox") },
  { path: "/projects", nav: "Plans", load: () => import("../pages/project/list") },
  { path: "/projects/new", load: () => import("../pages/project/new") },
  { path: "/projects/:id", load: () => import("../pages/project") },
  { path: "/projects/:id/page", load: () => import("../pages/project/one_page") },
  { path: "/projects/:id/full", load: () => import("../pages/project/in_full") },
  { path: "/projects/:id/recipe", load: () => import("../pages/project/recipe") },
  { path: "/sign-offs", nav: "Sign-offs", load: () => import("../pages/sign_off/list") },
  { path: "/sign-offs/:id", load: () => import("../pages/sign_off") },
  { path: "/copies/:id", load: () => import("../pages/copy") },
  { path: "/cohort", nav: "Cohort", isFor: helpsOthers, load: () => import("../pages/cohort") },
  {
    path: "/reflections",
    nav: "Reflections",
    isFor: isTrainee,
    load: () => import("../pages/reflections/list"),
  },
  { path: "/reflections/:id", load: () => import("../pages/reflections") },
  { path: "/modules", nav: "Modules", load: () => import("../pages/modules/list") },
  { path: "/modules/:key", load: () => import("../pages/modules") },
  { path: "/pages/:key", load: () => import("../pages/modules/page") },
  { path: "/log", nav: "Log", isFor: isTrainee, load: () => import("../pages/log") },
  {
    path: "/deadlines",
    nav: "Deadlines",
    isFor: isTrainee,
    load: () => import("../pages/deadlines"),
  },
  { path: "/tickets", nav: "Tickets", load: () => import("../pages/tickets/all") },
  { path: "/tickets/:of/:id", load: () => import("../pages/tickets") },
  { path: "/search", nav: "Search", load: () => import("../pages/search") },
  { path: "/invitations", load: () => import("../pages/invitations") },
  { path: "/sync", nav: "Sync", load: () => import("../pages/sync") },
  { path: "/quarantine/:id", load: () => import("../pages/quarantine") },
  { path: "/devices", nav: "Devices", load: () => import("../pages/devices") },
  { path: "/recovery-key", load: () => import("../pages/recovery_key") },
  { path: "/sign-out", load: () => import("../pages/sign_out") },
];
