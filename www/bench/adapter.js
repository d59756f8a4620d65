// @ts-check
/** The GPU that a browser offers: its name, empty where it has none, and whether it is made of software. */

/** @typedef {{isFallbackAdapter?: boolean, vendor?: string, architecture?: string, device?: string, description?: string}} Info */

/**
 * @param {{gpu?: {requestAdapter: (options: object) => Promise<{info?: Info} | null>}}} navigator
 * @returns {Promise<{name: string, isSoftware: boolean} | null>}
 */
export async function adapterOf({ gpu }) {
  const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return null;
  const { vendor, architecture, device, description, isFallbackAdapter = false } = adapter.info ?? {};
  return {
    name: description || device || [vendor, architecture].filter(Boolean).join(" "),
    isSoftware:
      isFallbackAdapter || /swiftshader|llvmpipe|software/i.test(`${vendor} ${architecture} ${device} ${description}`),
  };
}
