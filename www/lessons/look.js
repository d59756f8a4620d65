// @ts-check
/** The look that was chosen in the playground, before the first picture. */
try {
  for (const key of ["theme", "density"]) {
    const value = localStorage.getItem(`trainyard.${key}`);
    if (value) document.documentElement.dataset[key] = value;
  }
} catch {
  // No storage: it looks as the system has it.
}
