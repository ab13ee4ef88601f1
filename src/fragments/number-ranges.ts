import type { Scalar } from '../codec/scalar.ts'

/** libvirt's sets of CPUs and nodes hold numbers below this. */
const limit = 16384

/** The text of a set: runs as `0-3`, the rest one by one. The numbers are sorted. */
export function formatRanges(numbers: readonly number[]): string {
  const runs: string[] = []
  for (let start = 0; start < numbers.length; ) {
    let end = start
    while (numbers[end + 1] === numbers[end]! + 1) end++
    runs.push(end === start ? `${numbers[start]}` : `${numbers[start]}-${numbers[end]}`)
    start = end + 1
  }
  return runs.join(',')
}

/** Reads `0-3,^2,8`: a later `^` takes a number out. undefined where the text is no set. */
export function parseRanges(text: string): number[] | undefined {
  const found = new Set<number>()
  for (const word of text.split(',')) {
    const match = /^\s*(\^?)(\d+)(?:-(\d+))?\s*$/.exec(word)
    if (match === null) return undefined
    const first = Number(match[2])
    const last = match[3] === undefined ? first : Number(match[3])
    if (last >= limit || last < first) return undefined
    for (let number = first; number <= last; number++) {
      if (match[1] === '^') found.delete(number)
      else found.add(number)
    }
  }
  return [...found].sort((a, b) => a - b)
}

/** A set of CPUs or NUMA nodes, e.g. `0-3,^2,8`; never empty (formatdomain, "CPU Allocation": cpuset). */
export function numberRanges(what: string): Scalar<readonly number[]> {
  return {
    parse: (raw) => {
      const numbers = parseRanges(raw)
      if (numbers === undefined) return { problem: `is not a set of ${what}` }
      return numbers.length === 0 ? { problem: `leaves no ${what}` } : numbers
    },
    format: formatRanges,
    schema: { type: 'array', items: { type: 'integer', minimum: 0, maximum: limit - 1 }, minItems: 1 },
    doc: `a set of ${what} such as 0-3,^2,8`,
    examples: ['0', '0-3,8', '0-7,^2'],
  }
}
