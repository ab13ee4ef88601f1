import type { Random } from '../fuzz/mutate.ts'
import { copyOf, leaveOut, type Node, type Part, partAt, partsOf, removable, stands } from './tree.ts'

const rounds = 60

/**
 * Leaves out the parts that are refused until at most `faults` are left: those of the last round that refused.
 * @param refused the places of what is refused, as the paths of findings; undefined where one has none
 */
export function repair(
  root: Node,
  refused: (root: Node) => readonly (string | undefined)[],
  random: Random,
  faults: number,
): Node {
  let before = copyOf(root)
  let last: ReadonlySet<string | undefined> = new Set()
  for (let round = 0; round < rounds; round++) {
    const places = new Set(refused(root))
    if (places.size === 0) break
    before = copyOf(root)
    const parts = [...places].map((place) => ({
      part: place === undefined ? undefined : partAt(root, place),
      // What is refused again although its part is gone is refused for what is around it.
      again: last.has(place),
    }))
    for (const { part, again } of parts) leaveOutOf(root, part, again, random)
    last = places
  }
  return faults > 0 ? before : root
}

function leaveOutOf(root: Node, part: Part | undefined, again: boolean, random: Random): void {
  if (part !== undefined && removable(part)) {
    if (stands(part)) leaveOut(part)
    if (!again) return
  }
  const within = part !== undefined && 'child' in part && !removable(part) ? part.child : root
  const inner = partsOf(within).filter(removable)
  const any = inner.length > 0 ? inner : partsOf(root).filter(removable)
  if (any.length > 0) leaveOut(random.of(any))
}
