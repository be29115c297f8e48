import { SigningOut } from "../app/signing_out";
import { useEnd } from "../app/who";
import { useCore } from "../core/use_core";
import { Answer } from "../parts/answer";
import { Title } from "../parts/title";

/** Signing out: what is not sent yet is said first, and then everything here is wiped. */
export default function SignOutPage() {
  const end = useEnd();
  const unsent = useCore((core) => core.unsent(), ["status", "documents", "drafts", "quarantine"]);
  return (
    <>
      <Title text="Sign out" />
      <Answer asked={unsent}>
        {(value) => <SigningOut unsent={value} words="Sign out" onEnd={end} />}
      </Answer>
    </>
  );
}
