import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { onlyColours } from "./build/colours.mjs";
import { early } from "./build/early.mjs";
import { packed } from "./build/packed.mjs";
import { service } from "./build/service.mjs";

export default defineConfig({
  base: "/",
  // The core as it was built for browsers, with the script that starts it.
  resolve: { alias: { "@module": fileURLToPath(new URL("../target/web", import.meta.url)) } },
  plugins: [service(), early(), packed()],
  css: { postcss: { plugins: [onlyColours("/dark.scss")] } },
  build: {
    target: ["chrome111", "firefox114", "safari16.4"],
    // A picture inside a style sheet would be a data: address, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  worker: { format: "es" },
});
