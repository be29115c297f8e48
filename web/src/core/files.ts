/** Takes away every file that this page keeps in the browser. */
export async function forgetFiles(): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  const names = [];
  for await (const name of folder.keys()) {
    names.push(name);
  }
  for (const name of names) {
    await folder.removeEntry(name, { recursive: true });
  }
}
