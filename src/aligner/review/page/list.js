// A list of any length: only the rows about the visible ones are in the page.

import { make } from "./dom.js";

const MARGIN = 600; // pixels above and below what is visible

export class List {
  #element;
  #above; // room for the rows before those in the page
  #group;
  #below;
  #make;
  #items = []; // the objects that are shown
  #elements = new Map(); // of those that are in the page
  #heights = new WeakMap();
  #guess = 90; // pixels; of a row that was never in the page
  #guessed = false; // whether that was measured; a guess that changes would move everything

  constructor(element, makeRow) {
    this.#element = element;
    this.#make = makeRow;
    this.#above = make("div", { role: "presentation" });
    this.#group = make("div", { role: "rowgroup" });
    this.#below = make("div", { role: "presentation" });
    element.replaceChildren(this.#above, this.#group, this.#below);
    element.addEventListener("scroll", () => this.#fill(), { passive: true });
    new ResizeObserver(() => {
      this.#heights = new WeakMap();
      this.#guessed = false;
      this.#fill();
    }).observe(element);
  }

  show(items) {
    this.#items = items;
    this.#elements.forEach((element) => element.remove());
    this.#elements.clear();
    this.#fill();
  }

  // Make one item's element again, where it is in the page.
  renew(position) {
    const item = this.#items[position];
    const old = this.#elements.get(item);
    if (!old) return;
    const element = this.#make(item, position);
    old.replaceWith(element);
    this.#elements.set(item, element);
    this.#measure();
  }

  // Bring an item into view, and give its element.
  reveal(position) {
    const item = this.#items[position];
    if (!item) return null;
    if (!this.#elements.has(item)) {
      this.#element.scrollTop = this.#offset(position) - this.#element.clientHeight / 3;
      this.#fill();
    }
    const element = this.#elements.get(item);
    element?.scrollIntoView({ block: "nearest" });
    return element;
  }

  get perPage() {
    return Math.max(1, Math.floor(this.#element.clientHeight / this.#guess) - 1);
  }

  #height(position) {
    return this.#heights.get(this.#items[position]) ?? this.#guess;
  }

  #offset(position) {
    let sum = 0;
    for (let k = 0; k < position; k++) sum += this.#height(k);
    return sum;
  }

  #fill() {
    const top = this.#element.scrollTop - MARGIN;
    const bottom = top + this.#element.clientHeight + 2 * MARGIN;
    let first = 0;
    let above = 0;
    while (first < this.#items.length && above + this.#height(first) < top)
      above += this.#height(first++);
    let last = first;
    let reached = above;
    while (last < this.#items.length && reached < bottom) reached += this.#height(last++);
    let below = 0;
    for (let k = last; k < this.#items.length; k++) below += this.#height(k);

    const wanted = new Set(this.#items.slice(first, last));
    for (const [item, element] of this.#elements)
      if (!wanted.has(item)) {
        // The row that has the focus keeps its element, or the keyboard would be lost.
        if (element.contains(document.activeElement)) this.#element.focus({ preventScroll: true });
        element.remove();
        this.#elements.delete(item);
      }
    let before = null;
    for (let k = last - 1; k >= first; k--) {
      const item = this.#items[k];
      let element = this.#elements.get(item);
      if (!element) {
        element = this.#make(item, k);
        this.#elements.set(item, element);
        this.#group.insertBefore(element, before);
      }
      before = element;
    }
    this.#above.style.height = `${above}px`;
    this.#below.style.height = `${below}px`;
    this.#measure();
  }

  #measure() {
    let sum = 0;
    for (const [item, element] of this.#elements) {
      const height = element.offsetHeight;
      this.#heights.set(item, height);
      sum += height;
    }
    if (this.#guessed || !this.#elements.size) return;
    this.#guess = sum / this.#elements.size;
    this.#guessed = true;
    this.#fill();
  }
}
