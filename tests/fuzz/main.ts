import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Corpus } from '../conformance/cases.ts'
import { Setting } from '../conformance/run.ts'
import { shared } from '../shared.ts'
import { capabilitiesText, hostText } from './json-inputs.ts'
import { mutateJson } from './json-mutate.ts'
import { capabilitiesFault, type Guest, hostFault } from './json-oracles.ts'
import { mutate, Random } from './mutate.ts'
import { fault } from './oracles.ts'
import { shrunk } from './shrink.ts'

/** So many mutants of XML for one of JSON. */
const xmlForOneJson = 10
/** Files of JSON that a shrunk one is not worth the time of: each look at one costs milliseconds. */
const longestShrunk = 20_000

interface Mutant {
  readonly text: string
  readonly from: string
  fault(text: string): string | undefined
}

class Mutants {
  readonly #corpus: Corpus
  readonly #setting: Setting

  constructor(folder: string) {
    this.#corpus = new Corpus(folder)
    this.#setting = new Setting(folder)
  }

  xml(random: Random): Mutant {
    const [one, other] = [random.of(this.#corpus.cases), random.of(this.#corpus.cases)]
    const text = mutate(this.#corpus.read(one.input), readFileSync(this.#corpus.pathOf(other.input), 'utf8'), random)
    const options = this.#setting.of(one)
    return { text, from: one.id, fault: (it) => fault(it, options) }
  }

  async json(random: Random): Promise<Mutant> {
    const guests = Array.from({ length: 3 }, (): Guest => {
      const one = random.of(this.#corpus.cases)
      return { source: this.#corpus.read(one.input), options: this.#setting.of(one) }
    })
    const isHost = random.below(3) > 0
    const text = mutateJson(isHost ? hostText(random) : await capabilitiesText(random), random)
    const find = isHost ? hostFault : capabilitiesFault
    return { text, from: isHost ? 'host file' : 'capability file', fault: (it) => find(it, guests) }
  }
}

async function main(): Promise<number> {
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
  const mutants = new Mutants(join(shared, 'corpus'))
  const random = new Random(seed)
  const found = new Set<string>()
  const json = Math.floor(count / xmlForOneJson)
  for (let number = 0; number < count + json; number++) {
    const mutant = number < count ? mutants.xml(random) : await mutants.json(random)
    const what = mutant.fault(mutant.text)
    if (what === undefined || found.has(what)) continue
    found.add(what)
    console.log(`FAULT ${number} (${mutant.from}): ${what}`)
    const { text } = mutant
    console.log(text.length > longestShrunk ? text.slice(0, 2000) : shrunk(text, (it) => mutant.fault(it) === what))
  }
  console.log(`${count} mutants of XML and ${json} of JSON of seed ${seed}: ${found.size} faults`)
  return found.size > 0 ? 1 : 0
}

process.exitCode = await main()
