import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  build: {
    target: ["chrome111", "firefox114", "safari16.4"],
    // A picture inside a style sheet would be a data: address, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  worker: { format: "es" },
});
