// What is wrong with where things stand on a page.

/** Run in the page: values that are cut, and controls that stand off the screen or reach beyond what holds them. */
export function faults() {
  const isShown = (element) =>
    element.checkVisibility?.({ visibilityProperty: true }) &&
    element.getClientRects().length > 0 &&
    !element.closest(".visually-hidden, [hidden]");
  const scrolls = (element) =>
    element && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const named = (element) =>
    `${element.localName}.${element.className} “${(element.getAttribute("aria-label") ?? element.value ?? element.textContent).trim().slice(0, 30)}”`;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
  const cut = all(
    "output, .slider-value, .figure span, input[type=text], input[type=number], select, button, label",
  ).filter(
    (element) =>
      !element.matches(".source") && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0,
  );
  // Names of data sets may be wider than their pictures, but not run into each other.
  const names = all(".source > span").map((element) => element.getBoundingClientRect());
  const isOverlap = (a, b) => a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;
  const overlapping = names.some((a, i) => names.some((b, j) => j < i && isOverlap(a, b)))
    ? ["names of data sets"]
    : [];
  const off = all("button, input, select, output, summary, h1, h2").filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return !scrolls(element.parentElement) && (left < -1 || right > innerWidth + 1);
  });
  return {
    wide: document.documentElement.scrollWidth > innerWidth ? [document.documentElement.scrollWidth] : [],
    cut: [...cut.map(named), ...overlapping],
    off: off.map(named),
  };
}
