import type { Aim } from './aim.ts'
import { binding } from './binding.ts'
import { features } from './features.ts'
import { throughIommufd } from './iommufd.ts'
import { opening } from './opening.ts'
import { removing } from './removing.ts'
import { sriov } from './sriov.ts'

const all: readonly Aim[] = [...opening, ...removing, ...binding, ...sriov, ...features, ...throughIommufd]

/** What a random walk goes for when rules were met too little: of those that it can meet. */
export function aimsFor(rules: readonly string[]): Aim[] {
  return all
    .map((aim) => ({ ...aim, rules: aim.rules.filter((rule) => rules.includes(rule)) }))
    .filter((aim) => aim.rules.length > 0)
}
