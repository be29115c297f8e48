// The private file system of a browser, as far as the core uses it, in memory.

const failure = (name) => Object.assign(new Error(name), { name });

class FileSystemSyncAccessHandle {
  constructor(file) {
    this.file = file;
  }

  read(into, { at = 0 } = {}) {
    const { bytes, size } = this.file;
    const found = bytes.subarray(at, Math.min(size, at + into.length));
    into.set(found);
    return found.length;
  }

  write(from, { at = 0 } = {}) {
    this.truncate(Math.max(this.file.size, at + from.length));
    this.file.bytes.set(from, at);
    return from.length;
  }

  truncate(size) {
    const { file } = this;
    if (size > file.bytes.length) {
      const more = new Uint8Array(2 * size);
      more.set(file.bytes);
      file.bytes = more;
    }
    file.bytes.fill(0, Math.min(size, file.size), file.size);
    file.size = size;
  }

  getSize() {
    return this.file.size;
  }

  flush() {}

  close() {
    this.file.isOpen = false;
  }
}

class FileSystemFileHandle {
  bytes = new Uint8Array();
  size = 0;
  isOpen = false;

  async createSyncAccessHandle() {
    if (this.isOpen) throw failure("NoModificationAllowedError");
    this.isOpen = true;
    return new FileSystemSyncAccessHandle(this);
  }
}

class FileSystemDirectoryHandle {
  entries = new Map();

  async getFileHandle(name, options) {
    return this.entry(name, FileSystemFileHandle, options);
  }

  async getDirectoryHandle(name, options) {
    return this.entry(name, FileSystemDirectoryHandle, options);
  }

  entry(name, Kind, { create = false } = {}) {
    if (!this.entries.has(name)) {
      if (!create) throw failure("NotFoundError");
      this.entries.set(name, new Kind());
    }
    return this.entries.get(name);
  }

  letGo() {
    for (const entry of this.entries.values()) {
      entry.letGo?.();
      entry.isOpen = false;
    }
  }
}

class StorageManager {
  root = new FileSystemDirectoryHandle();

  async getDirectory() {
    return this.root;
  }
}

const storage = new StorageManager();
const kinds = { FileSystemSyncAccessHandle, FileSystemFileHandle, FileSystemDirectoryHandle };
Object.assign(globalThis, { ...kinds, StorageManager });
Object.defineProperty(globalThis, "navigator", { value: { storage } });

/** As when the worker that has the files has ended. */
export const letGo = () => storage.root.letGo();
