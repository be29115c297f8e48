import { useEffect, useState } from "preact/hooks";

interface PictureProps {
  bytes: BlobPart;
  /** Its media type. */
  type?: string;
  words: string;
}

/**
 * A picture that the core drew or fetched. It is shown as an image, in which nothing runs, with its
 * words; the table of a chart stands beside it.
 */
export function Picture({ bytes, type = "image/svg+xml", words }: PictureProps) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return address ? <img class="desk-picture" src={address} alt={words} /> : null;
}
