const named = /\b(?:defaultRule|implicitRule|addressRule|rule)\(\s*'([^']+)'|\brule: '([a-z0-9-]+\/[^']+)'/g
/** Address engines hand the names of their decisions around. */
const decided = /'((?!address\/)[a-z0-9-]+\/[a-z0-9-]+)'/g

/** The rules that a source file names as the origin of something. */
export function rulesNamedIn(file: string, text: string): string[] {
  const pattern = file.startsWith('src/address/') ? decided : named
  return [...text.matchAll(pattern)].flatMap(([, called, row]) => called ?? row ?? [])
}

/**
 * What is wrong with the page of steps: rules that are on no page, and lines about rules that nothing names.
 * @param uses each file with the rules that it names
 * @param steps the names of rows
 * @param printed rules that are no rows, with a line about each
 */
export function ruleProblems(
  uses: ReadonlyMap<string, readonly string[]>,
  steps: ReadonlySet<string>,
  printed: { readonly [rule: string]: string },
): string[] {
  const problems: string[] = []
  for (const [file, rules] of uses)
    for (const rule of new Set(rules))
      if (!steps.has(rule) && !printed[rule])
        problems.push(`${file}: the rule ${rule} is on no page (scripts/slices/printed-rules.ts)`)
  const used = new Set([...uses.values()].flat())
  for (const rule of Object.keys(printed))
    if (!used.has(rule)) problems.push(`the page has the rule ${rule}, which nothing names`)
  for (const rule of Object.keys(printed))
    if (steps.has(rule)) problems.push(`the rule ${rule} is a step: it has a line already`)
  return problems
}
