// What the browser keeps in databases of its own, each with one store of things by their names.

/** A database of the browser's and the one store in it. */
export interface Drawer {
  readonly database: string;
  readonly store: string;
}

/** Whether there is such a database. To ask makes nothing. */
export async function isThere({ database }: Drawer): Promise<boolean> {
  return (await indexedDB.databases()).some((known) => known.name === database);
}

/** Does one thing with what is kept, durably; the database is made if there is none yet. */
export async function within<T>(
  { database: name, store }: Drawer,
  mode: IDBTransactionMode,
  work: (all: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store);
  const database = await outcome(opening);
  try {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    await new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error ?? new Error("it was given up"));
    });
    return request.result;
  } finally {
    database.close();
  }
}

/** Takes a database away with all that is in it. */
export async function takeAway(drawer: Drawer): Promise<void> {
  if (await isThere(drawer)) await outcome(indexedDB.deleteDatabase(drawer.database));
}

function outcome<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error("it failed"));
  });
}
