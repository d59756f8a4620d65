// @ts-check
/** What each control is for, shown by the browser when somebody points at it. */

/**
 * Explains the controls of a panel. Not a part of their templates: the explanations come late, and a template
 * rendered anew for them would take away what is being typed.
 */
export function explain(/** @type {HTMLElement} */ panel, /** @type {Record<string, string>} */ help) {
  for (const control of /** @type {NodeListOf<HTMLElement>} */ (panel.querySelectorAll("[data-setting]"))) {
    const words = help[control.dataset.setting ?? ""] ?? "";
    if (control.title !== words) control.title = words;
  }
}
