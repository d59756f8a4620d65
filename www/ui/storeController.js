// @ts-check
/** Follows a store besides the playground's, as long as the view is on the page. */

export class StoreController {
  #storeOf;
  #listener;
  #end = () => {};

  /**
   * @param {import("./viewElement.js").ViewElement} host
   * @param {() => import("../base/store.js").Store<any>} storeOf   any: whatever it holds;   asked for whenever the view comes onto the page
   * @param {() => void} listener   hears of every change; without one the view is drawn again
   */
  constructor(host, storeOf, listener = () => host.requestUpdate()) {
    this.#storeOf = storeOf;
    this.#listener = listener;
    host.addController(this);
  }

  hostConnected() {
    this.#end = this.#storeOf().subscribe(this.#listener);
  }

  hostDisconnected() {
    this.#end();
  }
}
