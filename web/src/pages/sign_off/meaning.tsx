import type { SignOffRequestView } from "../../core/api";
import { useCore } from "../../core/use_core";
import { Moment } from "../../parts/time";

/** What somebody says by signing, in full, before they do. */
export function Meaning({ view }: { view: SignOffRequestView }) {
  const { value: account } = useCore((core) => core.account(), ["account"]);
  const trainee = view.trainee?.name ?? "who asked";
  return (
    <section class="nhsuk-inset-text" aria-labelledby="meaning">
      <h2 class="nhsuk-heading-s" id="meaning">
        What your signature says
      </h2>
      <ul>
        <li>
          It says that you{account && `, ${account.person.name},`} signed or returned the text above
          as it stood when {trainee} asked, on <Moment at={view.at} />, as what you signed, and your
          statement.
        </li>
        <li>It covers every word of that text, and nothing that was written to you with it.</li>
        <li>
          It stays what it is: where the work is changed later, that is shown beside your signature.
        </li>
        <li>
          It is made with the key of this browser, which the server has certified as yours.
          Everybody who is shown it can check it.
        </li>
      </ul>
    </section>
  );
}
