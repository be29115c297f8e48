import { Button } from "../parts/button";
import { Title } from "../parts/title";
import { type Brought, loadAnew } from "./fragment";
import { Frame } from "./frame";

interface EndedProps {
  words: string;
  /** The link for which the desk was ended, if it was for one. */
  link: Brought;
}

/** What is shown after the end. The page is loaded anew for the next person, with empty memory. */
export function Ended({ words, link }: EndedProps) {
  return (
    <Frame>
      <Title text="You are signed out" />
      <p>{words}</p>
      {link.type === "invitation" ? (
        <Button onClick={() => loadAnew(link)}>Go on with the invitation</Button>
      ) : (
        <Button onClick={() => location.replace("/")}>Sign in again</Button>
      )}
    </Frame>
  );
}
