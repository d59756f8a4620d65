// An ESLint rule: where a comment gives something the type `any`, which checks nothing, it says why, as "any: the reason".

const TAG = /(?=@(?:type|param|returns|typedef|property|template|satisfies)\b)/;

/** The type at the start of a tag, in its braces; they may stand inside each other. */
function typeOf(/** @type {string} */ tag) {
  const start = tag.indexOf("{");
  let depth = 0;
  for (let at = start; at >= 0 && at < tag.length; at++) {
    depth += tag[at] === "{" ? 1 : tag[at] === "}" ? -1 : 0;
    if (depth === 0) return { type: tag.slice(start, at + 1), rest: tag.slice(at + 1) };
  }
  return { type: "", rest: tag };
}

/** Whether a comment has an `any` without a reason: beside its tag, or before the first. */
export function isUnexplained(/** @type {string} */ comment) {
  const [lead, ...tags] = comment.split(TAG);
  const isReason = (/** @type {string} */ text) => /\bany: \S/.test(text);
  return tags.map(typeOf).some(({ type, rest }) => /\bany\b/.test(type) && !isReason(rest) && !isReason(lead));
}

/** @type {import("eslint").Rule.RuleModule} */
export const anyRule = {
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments())
        if (isUnexplained(comment.value))
          context.report({ loc: comment.loc, message: "`any` checks nothing: use a type, or say why, as “any: …”." });
    },
  }),
};
