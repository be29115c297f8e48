import { useEffect, useState } from "preact/hooks";

/**
 * A picture that the core drew. It is shown as an image, in which nothing runs, with its words;
 * its table stands beside it.
 */
export function Picture({ svg, words }: { svg: string; words: string }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return address ? <img class="desk-picture" src={address} alt={words} /> : null;
}
