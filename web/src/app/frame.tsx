import type { ComponentChildren } from "preact";

/** The page around what is shown while nobody is signed in. */
export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <>
      <header class="desk-bar">
        <div class="nhsuk-width-container desk-bar__in">
          <p class="desk-bar__name">Enhance</p>
        </div>
      </header>
      <div class="nhsuk-width-container">
        <main class="desk-main" id="main">
          {children}
        </main>
      </div>
    </>
  );
}
