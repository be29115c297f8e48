// The key of the database on a person's own device. It is kept sealed under a key of the browser's,
// which no script can read, neither ours nor a stranger's.

const databaseName = "enhance-key";
const table = "kept";
const name = "key";

interface Kept {
  sealing: CryptoKey;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

/** The key that was kept here; none if none was. */
export async function keptKey(): Promise<Uint8Array | null> {
  const kept = await within<Kept | undefined>("readonly", (store) => store.get(name));
  if (!kept) {
    return null;
  }
  const { sealing, iv, sealed } = kept;
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, sealing, sealed));
}

/** Keeps the key of a database that was made just now. */
export async function keepKey(key: Uint8Array): Promise<void> {
  const algorithm = { name: "AES-GCM", length: 256 };
  const sealing = await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, sealing, new Uint8Array(key));
  const kept: Kept = { sealing, iv, sealed };
  await within("readwrite", (store) => store.put(kept, name));
}

/** Forgets the key: without it what is left of the database says nothing. */
export async function forgetKey(): Promise<void> {
  await done(indexedDB.deleteDatabase(databaseName));
}

async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const opening = indexedDB.open(databaseName, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(table);
  const database = await done<IDBDatabase>(opening);
  try {
    const transaction = database.transaction(table, mode, { durability: "strict" });
    const answer = await done<T>(act(transaction.objectStore(table)));
    await committed(transaction);
    return answer;
  } finally {
    database.close();
  }
}

function done<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  if (transaction.mode === "readonly") {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
