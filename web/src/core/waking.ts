/** Milliseconds between two looks at the clock. */
const EVERY = 5_000;

/** So many milliseconds between two looks are no busy page, but a computer that slept. */
const SLEPT = 30_000;

/** Notices that the computer slept, of which a page in front of somebody hears nothing. */
export class Waking {
  private readonly timer: ReturnType<typeof setInterval>;
  private looked: number;

  constructor(
    private readonly woke: () => void,
    private readonly now = Date.now,
  ) {
    this.looked = now();
    this.timer = setInterval(() => this.look(), EVERY);
  }

  /** Looks at the clock. */
  look(): void {
    const before = this.looked;
    this.looked = this.now();
    if (this.looked - before > SLEPT) {
      this.woke();
    }
  }

  end(): void {
    clearInterval(this.timer);
  }
}
