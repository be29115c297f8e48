import type { Page } from "./routes";

/** Every page of the desk, a line each. The first is where a person arrives. */
export const pages: readonly Page[] = [
  { path: "/", nav: "Inbox", load: () => import("../pages/inbox") },
  { path: "/projects", nav: "Plans", load: () => import("../pages/project/list") },
  { path: "/projects/new", load: () => import("../pages/project/new") },
  { path: "/projects/:id", load: () => import("../pages/project") },
  { path: "/invitations", load: () => import("../pages/invitations") },
  { path: "/sync", nav: "Sync", load: () => import("../pages/sync") },
  { path: "/quarantine/:id", load: () => import("../pages/quarantine") },
  { path: "/devices", nav: "Devices", load: () => import("../pages/devices") },
  { path: "/recovery-key", load: () => import("../pages/recovery_key") },
  { path: "/sign-out", load: () => import("../pages/sign_out") },
];
