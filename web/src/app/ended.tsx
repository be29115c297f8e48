import { Button } from "../parts/button";
import { Title } from "../parts/title";
import { Frame } from "./frame";

/** What is shown after the end. The page is loaded anew for the next person, with empty memory. */
export function Ended({ words }: { words: string }) {
  return (
    <Frame>
      <Title text="You are signed out" />
      <p>{words}</p>
      <Button onClick={() => location.replace("/")}>Sign in again</Button>
    </Frame>
  );
}
