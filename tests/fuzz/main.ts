import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Corpus } from '../conformance/cases.ts'
import { Setting } from '../conformance/run.ts'
import { shared } from '../shared.ts'
import { mutate, Random } from './mutate.ts'
import { fault } from './oracles.ts'

/** The smallest text with the same fault that leaving out lines and tags finds. */
function shrunk(text: string, what: string, same: (text: string) => boolean): string {
  let best = text
  for (let size = Math.max(1, best.length >> 1); size >= 1; size >>= 1) {
    for (let at = 0; at + size <= best.length; ) {
      const shorter = best.slice(0, at) + best.slice(at + size)
      if (same(shorter)) best = shorter
      else at += size
    }
  }
  return what === '' ? text : best
}

function main(): number {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } })
  const [seed, count] = [Number(values.seed ?? 1), Number(values.count ?? 2000)]
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(count)) {
    console.error('usage: npm run fuzz -- --seed N --count N')
    return 2
  }
  if (shared === undefined) {
    console.log('SKIPPED: the corpus is not there')
    return 0
  }
  const folder = join(shared, 'corpus')
  const corpus = new Corpus(folder)
  const setting = new Setting(folder)
  const random = new Random(seed)
  const found = new Map<string, string>()
  for (let number = 0; number < count; number++) {
    const [one, other] = [random.of(corpus.cases), random.of(corpus.cases)]
    const text = mutate(corpus.read(one.input), readFileSync(corpus.pathOf(other.input), 'utf8'), random)
    const options = setting.of(one)
    const what = fault(text, options)
    if (what === undefined || found.has(what)) continue
    found.set(what, one.id)
    console.log(`FAULT ${number} (${one.id}): ${what}`)
    console.log(shrunk(text, what, (shorter) => fault(shorter, options) === what))
  }
  console.log(`${count} mutants of seed ${seed}: ${found.size} faults`)
  return found.size > 0 ? 1 : 0
}

process.exitCode = main()
