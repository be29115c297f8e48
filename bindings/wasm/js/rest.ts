// The module comes in two parts, of which a page waits for the first alone. The rest is brought
// behind it, or at once if something in it is called before.

/** Where the rest of a module is to be had. */
export interface Source {
  /** At once, while whoever asked waits. Throws if it cannot be had. */
  now(): BufferSource;
  /** In its time. */
  later(): Promise<WebAssembly.Module>;
}

/** The rest of a module. */
export class Rest {
  private isThere = false;

  /** `first` is what the first part exports. */
  constructor(
    private readonly first: WebAssembly.Exports,
    private readonly source: Source,
  ) {}

  /** Has it there. Throws if it cannot be had: whoever called then may call again. */
  bring(): void {
    if (!this.isThere) this.put(new WebAssembly.Module(this.source.now()));
  }

  /** Brings it before anybody asks. If that fails it is brought for who asks. */
  async ahead(): Promise<void> {
    try {
      if (!this.isThere) this.put(await this.source.later());
    } catch {
      // Whoever asks for it hears why it cannot be had.
    }
  }

  private put(module: WebAssembly.Module): void {
    if (this.isThere) return;
    new WebAssembly.Instance(module, { "": this.first as WebAssembly.ModuleImports });
    this.isThere = true;
  }
}
