/** Says things to screen readers through a polite live region, once typing has stopped for a while. */
export class Announcer {
  readonly #region: HTMLElement;
  readonly #wait: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastKey = 0;

  /** `wait`: milliseconds without a key before anything is said. */
  constructor(region: HTMLElement, wait: number) {
    this.#region = region;
    this.#wait = wait;
  }

  /** A key was typed: what was to be said waits, or is outdated. */
  typed(): void {
    this.#lastKey = Date.now();
    clearTimeout(this.#timer);
    this.#region.textContent = '';
  }

  /** Says the text as soon as typing has stopped long enough; a newer text replaces one not yet said. */
  say(text: string): void {
    clearTimeout(this.#timer);
    const rest = Math.max(0, this.#lastKey + this.#wait - Date.now());
    this.#timer = setTimeout(() => {
      this.#region.textContent = text;
    }, rest);
  }
}
