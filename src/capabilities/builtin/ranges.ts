/** Positions in order as ranges: `7,0-6`. */
export function rangesText(positions: readonly number[]): string {
  const runs: [number, number][] = []
  for (const position of positions) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === position - 1) run[1] = position
    else runs.push([position, position])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
}

/** The lines at some positions. */
export function linesAt(ranges: string | undefined, lines: readonly string[]): string[] {
  const found: string[] = []
  for (const range of ranges ? ranges.split(',') : []) {
    const [first = '', last = first] = range.split('-')
    for (let index = Number(first); index <= Number(last); index++) found.push(lines[index] ?? '')
  }
  return found
}
