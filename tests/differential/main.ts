import { parseArgs } from 'node:util'
import { domain } from '../../src/definition.ts'
import { hasErrors } from '../../src/diagnostic/diagnostic.ts'
import { Release, type ReleaseName } from '../../src/release/release.ts'
import type { Machine } from '../conformance/live.ts'
import { compare, type Disagreement, ownAnswer } from './compare.ts'
import { fieldsOf, type Knows, placesIn } from './fields.ts'
import { generate } from './generate.ts'
import { type Answer, oracleNames, RealOracle } from './oracle.ts'
import { shrink } from './shrink.ts'
import { type Node, printNode } from './tree.ts'

const usage = `npm run differential -- [--seed N] [--count N] [--release 11.3|12.8] [--kinds N] [--each N] [--write DIR]
  Random whole domains, made by the description of every field, are answered by a real libvirt and by this project.
  Prints where the two part, each kind with the smallest domain that shows it.
  --seed     the same seed makes the same domains (1)
  --count    how many (200)
  --release  whose oracle is asked (11.3)
  --each     how many domains each described field shall stand in (5)
  --kinds    how many kinds are shrunk, the most frequent first (20); 0: none
`

/** How many domains are put into one question. */
const batch = 200

interface Found extends Disagreement {
  readonly root: Node
}

function inBatches<T, U>(items: readonly T[], of: (items: readonly T[]) => readonly U[]): U[] {
  const out: U[] = []
  for (let at = 0; at < items.length; at += batch) out.push(...of(items.slice(at, at + batch)))
  return out
}

const keyOf = ({ check, kind }: Disagreement) => `${check}: ${kind}`

function main(): number {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '200' },
      release: { type: 'string', default: '11.3' },
      each: { type: 'string', default: '5' },
      kinds: { type: 'string', default: '20' },
      help: { type: 'boolean' },
    },
  })
  const [seed, count, each, kinds] = [values.seed, values.count, values.each, values.kinds].map(Number)
  const name = oracleNames[values.release]
  if (values.help || name === undefined || ![seed, count, each, kinds].every(Number.isSafeInteger)) {
    console.error(usage)
    return 2
  }
  const oracle = RealOracle.find(name)
  if (typeof oracle === 'string') {
    console.log(`SKIPPED: ${oracle}`)
    return 0
  }
  try {
    return differ(oracle, { seed: seed!, count: count!, each: each!, kinds: kinds! })
  } finally {
    oracle.close()
  }
}

function differ(oracle: RealOracle, wish: { seed: number; count: number; each: number; kinds: number }): number {
  const version = oracle.version()
  const machine = oracle.machine(version)
  const release = Release.parse(version)!
  const knows: Knows = (since) => since === undefined || release.isAtLeast(Release.of(since as ReleaseName))
  const domains = generate({
    ...wish,
    knows,
    refused: (root) => refusedPlaces(root, machine),
    without: unknownToOracle,
  })
  console.log(`${domains.length} domains of seed ${wish.seed}, asked of libvirt ${version}`)

  const answers = inBatches(domains.map(printNode), (it) => oracle.ask(it))
  const found = domains.flatMap((root, number): Found[] => {
    const disagreement = compare(answers[number]!, ownAnswer(printNode(root), machine))
    return disagreement === undefined ? [] : [{ ...disagreement, root }]
  })
  coverage(domains, knows, wish.each)
  acceptance(answers)
  console.log(
    `agree: ${domains.length - found.length} of ${domains.length} (${(100 - (100 * found.length) / domains.length).toFixed(1)} in 100)`,
  )
  report(found, oracle, machine, wish.kinds)
  return found.length > 0 ? 1 : 0
}

/** No real libvirt knows the token of a VF: it ignores it, and its answer says nothing. */
const unknownToOracle = /\/vf-token(?:$|@)/

function refusedPlaces(root: Node, machine: Machine): (string | undefined)[] {
  const { diagnostics, thrown } = ownAnswer(printNode(root), machine)
  if (thrown !== undefined || !hasErrors(diagnostics)) return []
  return diagnostics.flatMap(({ severity, path }) => (severity === 'error' ? [path] : []))
}

/** Where the machine of the oracle lacks something (a pool, a TPM), only the definition is answered. */
function acceptance(answers: readonly Answer[]): void {
  const defined = answers.filter(({ define }) => define === 'ok')
  const unasked = defined.filter(({ native }) => native === undefined).length
  const accepted = unasked + defined.filter(({ native }) => native === 'ok').length
  console.log(
    `accepted by libvirt: ${accepted} of ${answers.length} (${((100 * accepted) / answers.length).toFixed(1)} in 100), ${unasked} of them as a definition alone`,
  )
}

function coverage(domains: readonly Node[], knows: Knows, each: number): void {
  const asked = [...fieldsOf(domain, knows).keys()].filter((id) => !unknownToOracle.test(id))
  const counts = new Map(asked.map((id) => [id, 0]))
  for (const root of domains) {
    for (const place of placesIn(root)) {
      const known = counts.get(place)
      if (known !== undefined) counts.set(place, known + 1)
    }
  }
  const rare = [...counts].filter(([, times]) => times < each)
  console.log(`fields: ${counts.size - rare.length} of ${counts.size} in at least ${each} domains`)
  for (const [id, times] of rare.slice(0, 40)) console.log(`  ${times}  ${id}`)
}

function grouped(found: readonly Found[]): Map<string, Found[]> {
  const groups = new Map<string, Found[]>()
  for (const it of found) groups.set(keyOf(it), [...(groups.get(keyOf(it)) ?? []), it])
  return groups
}

function report(found: readonly Found[], oracle: RealOracle, machine: Machine, kinds: number): void {
  const groups = [...grouped(found)].sort(([, a], [, b]) => b.length - a.length)
  for (const [key, group] of groups) console.log(`${group.length} × ${key}\n    ${group[0]!.detail}`)
  const smallest = groups.slice(0, kinds).map(([, group]) => {
    const size = ({ root }: Found) => printNode(root).length
    return group.reduce((best, it) => (size(it) < size(best) ? it : best))
  })
  const shrunk = shrink(
    smallest.map(({ root }) => root),
    (questions) => {
      const texts = questions.map(({ domain }) => printNode(domain))
      const answers = inBatches(texts, (it) => oracle.ask(it))
      return questions.map(({ number }, at) => {
        const again = compare(answers[at]!, ownAnswer(texts[at]!, machine))
        return again !== undefined && keyOf(again) === keyOf(smallest[number]!)
      })
    },
  )
  for (const [number, root] of shrunk.entries()) {
    const { detail } = smallest[number]!
    console.log(`\n${groups[number]![1].length} × ${groups[number]![0]}\n  ${detail}\n${printNode(root).trimEnd()}`)
  }
}

process.exitCode = main()
