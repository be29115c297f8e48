import type { FindingKind, FindingSeverity, SharingCheck, TextPlace } from "../core/api";

/** What was found, as people call it. */
export const kinds: Record<FindingKind, string> = {
  nhsNumber: "NHS number",
  dateOfBirth: "Date of birth",
  date: "Exact date",
  postcode: "Postcode",
  titleName: "Name with a title",
  hospitalNumber: "Hospital number",
  nationalInsurance: "National insurance number",
  gmcNumber: "GMC or NMC number",
  email: "Email address",
  phone: "Phone number",
  age: "Exact age",
  wardBed: "Ward, bed or room",
  ownPlace: "A place where you work",
  combination: "Several facts together",
  unseenFile: "A file nobody looks through",
};

/** How much it says of who somebody is. */
export const severities: Record<FindingSeverity, string> = {
  probableIdentifier: "Probable",
  possible: "Possible",
  combination: "Together",
};

/** Where it was found. `labels` are what the prompts of a template ask, by their keys. */
export function placeInWords(place: TextPlace, labels: ReadonlyMap<string, string>): string {
  switch (place.type) {
    case "title":
      return "Title";
    case "answer":
      return labels.get(place.value) ?? place.value;
    case "tagged":
      return "Tag";
    case "setting":
      return "Setting";
    case "section":
      return `Section: ${place.value}`;
    case "aimSentence":
      return "Aim";
    case "signed":
      return "What is to be signed";
    case "message":
      return "Your message";
    case "fileName":
      return "Name of a file";
    case "item":
      return place.what;
  }
}

/** Whether something was found that a person has to say they have seen. */
export function isAsked(check: SharingCheck): boolean {
  return check.probable.length > 0;
}
