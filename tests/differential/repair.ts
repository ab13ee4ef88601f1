import type { Random } from '../fuzz/mutate.ts'
import { leaveOut, type Node, type Part, partAt, partsOf, removable, stands } from './tree.ts'

const rounds = 60

/**
 * Leaves out the parts that are refused, but for those that are meant to be.
 * @param refused the places of what is refused, as the paths of findings; undefined where one has none
 * @param faults the fields, as `Field.id`, that stay although what they are in is refused
 */
export function repair(
  root: Node,
  refused: (root: Node) => readonly (string | undefined)[],
  random: Random,
  faults: readonly string[],
): Node {
  let last: ReadonlySet<string | undefined> = new Set()
  for (let round = 0; round < rounds; round++) {
    const places = new Set(refused(root).filter((it) => it === undefined || !isMeant(it, faults)))
    if (places.size === 0) break
    const parts = [...places].map((place) => ({
      part: place === undefined ? undefined : partAt(root, place),
      // What is refused again although its part is gone is refused for what is around it.
      again: last.has(place),
    }))
    for (const { part, again } of parts) leaveOutOf(root, part, again, random)
    last = places
  }
  return root
}

/** Whether a finding is about a field, what it is in, or what is in it. */
function isMeant(path: string, faults: readonly string[]): boolean {
  const steps = stepsOf(path.replace(/^\/domain\/?/, '').replace(/\[\d+\]|\w+:/g, ''))
  return faults.some((fault) => stepsOf(fault).every((step, at) => at >= steps.length || step === steps[at]))
}

/** `devices/disk@type` and `/devices/disk/@type` alike. */
const stepsOf = (place: string) =>
  place
    .replace(/[@#]/g, '/')
    .split(/\/+/)
    .filter((it) => it !== '')

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
