/** A name for a file that is made of a plan with this title. */
export function fileName(title: string): string {
  const letters = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return letters.replace(/^-|-$/g, "").slice(0, 60) || "plan";
}
