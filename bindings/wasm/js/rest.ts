// The module comes in two parts, of which a page waits for the first alone. The rest is brought
// behind it, or at once if something in it is called before.

/** Where the rest of a module is to be had. */
export interface Source {
  /** At once, while whoever asked waits. Throws if it cannot be had. */
  now(): BufferSource;
  /** In its time. Rejected with `NotReached` where the network is lost. */
  later(): Promise<WebAssembly.Module>;
  /** Passes the time until it is worth trying again. */
  pause(): Promise<void>;
}

/** The network was lost on the way to the rest of a module: it may be there soon. */
export class NotReached extends Error {}

/** The rest of a module. */
export class Rest {
  private isThere = false;
  private isOnItsWay = true;
  private arrive = (): void => {};
  private readonly arrival = new Promise<void>((arrive) => {
    this.arrive = arrive;
  });

  /** `first` is what the first part exports, and `inFirst` are the methods that it does by itself. */
  constructor(
    private readonly first: WebAssembly.Exports,
    private readonly inFirst: ReadonlySet<string>,
    private readonly source: Source,
  ) {}

  /** Has it there. Throws if it cannot be had: whoever called then may call again. */
  bring(): void {
    if (!this.isThere) this.put(new WebAssembly.Module(this.source.now()));
  }

  /** Brings it before anybody asks, however often the network is lost meanwhile. */
  async ahead(): Promise<void> {
    while (!this.isThere) {
      try {
        this.put(await this.source.later());
      } catch (failure) {
        if (!(failure instanceof NotReached)) {
          // Whoever asks for it hears why it cannot be had.
          this.isOnItsWay = false;
          this.arrive();
          return;
        }
        await this.source.pause();
      }
    }
  }

  /** What a call of a method waits for, so that it does not fail half-way; if for anything. */
  before(method: string): Promise<void> | undefined {
    const begins = this.isThere || !this.isOnItsWay || this.inFirst.has(method);
    return begins ? undefined : this.arrival;
  }

  private put(module: WebAssembly.Module): void {
    if (this.isThere) return;
    new WebAssembly.Instance(module, { "": this.first as WebAssembly.ModuleImports });
    this.isThere = true;
    this.arrive();
  }
}
