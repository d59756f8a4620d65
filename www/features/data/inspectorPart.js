// @ts-check
/** What the parts of the Data step share: they draw again when what they pick from the inspector has changed. */
import { watch } from "../../base/store.js";
import { Panel } from "../../ui/panel.js";

/**
 * A view that follows the inspector too.
 *
 * @template {new (...parts: any[]) => import("../../ui/panel.js").Panel} Base   any: a mixin's constructor passes on whatever it is given
 * @param {Base} base
 */
export const withTableStore = (base) =>
  class extends base {
    static properties = { .../** @type {{properties?: object}} */ (base).properties, inspector: { attribute: false } };

    constructor(/** @type {any[]} any: as above */ ...parts) {
      super(...parts);
      /** @type {import("./tableInspector.js").TableInspector} set by the Data step */
      this.inspector = /** @type {never} */ (undefined);
    }

    /** @param {import("./tableInspector.js").InspectorState} _state */
    picksOfTable(_state) {
      return /** @type {unknown[]} */ ([]);
    }

    connectedCallback() {
      super.connectedCallback();
      this.atEnd(
        watch(
          this.inspector.store,
          (state) => this.picksOfTable(state),
          () => this.requestUpdate(),
        ),
      );
    }

    get table() {
      return this.state.table;
    }
  };

export class InspectorPart extends withTableStore(Panel) {}
