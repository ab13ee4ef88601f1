/** Longer words are no slips of a finger, and comparing them costs. */
const LONGEST = 64

/**
 * The candidate that was probably meant: the nearest by insertions, deletions, replacements and swaps of neighbours,
 * where the number of those is small for the word's length. Case, `-` and `_` do not count. Of equally near ones the first;
 * undefined where nothing is near.
 * @param most the most slips, where fewer than the word's length allows are meant
 */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
  most = Number.POSITIVE_INFINITY,
): string | undefined {
  return nearest(word, candidates, most)[0]
}

/** The one candidate that was certainly meant: {@link didYouMean} where no other is as near; the word itself where it is one. */
export function onlyMeant(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.includes(word)) return word
  const near = nearest(word, candidates)
  return near.length === 1 ? near[0] : undefined
}

function nearest(word: string, candidates: Iterable<string>, most = Number.POSITIVE_INFINITY): string[] {
  if (word.length > LONGEST) return []
  const wanted = plain(word)
  let found = new Set<string>()
  let allowed = Math.min(most, tolerance(wanted.length))
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > LONGEST) continue
    const distance = distanceUpTo(wanted, plain(candidate), allowed)
    if (distance === undefined) continue
    if (distance < allowed || found.size === 0) found = new Set([candidate])
    else found.add(candidate)
    allowed = distance
  }
  return [...found]
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, '')
}

/** How many slips a word of this length may hold. */
function tolerance(length: number): number {
  if (length < 3) return 0
  if (length < 6) return 1
  return length < 10 ? 2 : 3
}

/** The optimal string alignment distance; undefined where it is above `most`. */
function distanceUpTo(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined
  let beforeLast: number[] = []
  let leastBefore = 0
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let best = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) best = Math.min(best, beforeLast[column - 2]! + 1)
      current.push(best)
      if (best < least) least = best
    }
    // A swap takes from the row before the last, and costs one more than what stands there.
    if (least > most && leastBefore > most) return undefined
    leastBefore = least
    beforeLast = last
    last = current
  }
  const distance = last[b.length]!
  return distance <= most ? distance : undefined
}
