import type { Person } from "./api";
import { open } from "./start";

/** Of whom a code is. It is used up by that: a core in memory joins with it and leaves again. */
export async function enrolledPerson(code: string): Promise<Person> {
  const desk = await open("memory");
  try {
    const { account } = await desk.core.enrol(location.origin, code, "To unlock the desk");
    await desk.core.signOut();
    return account.person;
  } finally {
    await desk.close();
  }
}
