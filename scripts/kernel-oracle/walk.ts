import { isDeepStrictEqual } from 'node:util'
import type { VfioHost } from '../../src/vfio/host.ts'
import type { Answer, Operation } from '../../tests/vfio/operation.ts'
import { predict } from '../../tests/vfio/replay.ts'
import type { Aim } from './aims/aim.ts'
import { aimsFor } from './aims/list.ts'
import { Chance, choose, isFair } from './choices.ts'
import { countedAs, someByIommufd, withoutDmaBuffers } from './other-way.ts'
import type { Performer } from './perform.ts'
import { restore, tidy } from './restore.ts'
import { type Asked, rowsOf } from './rows.ts'

/** What the kernel and the model say differently, and the shortest way there that was found. */
export interface Disagreement {
  readonly operations: readonly Operation[]
  readonly kernel: Answer
  readonly model: Answer
}

export interface Walked {
  readonly operations: number
  readonly hits: Hits
  readonly disagreement: Disagreement | undefined
}

const episode = 120
const candidates = 10
/** Operations with one aim, and how many of them may be attempts. */
const stint = 24
const enough = 10

type Hits = ReadonlyMap<string, number>

const fewest = (hits: Hits, rules: readonly string[]) => Math.min(...rules.map((rule) => hits.get(rule) ?? 0))

/** Of some operations the one whose rule was met least. */
function undirected(chance: Chance, host: VfioHost, hits: Hits): Operation {
  const choices: { operation: Operation; met: number }[] = []
  while (choices.length < candidates) {
    const operation = choose(chance, host)
    if (!isFair(host, operation)) continue
    choices.push({ operation, met: hits.get(predict(host, operation).rule) ?? 0 })
  }
  if (chance.below(3) === 0) return choices[0]!.operation
  return choices.reduce((least, choice) => (choice.met < least.met ? choice : least)).operation
}

/** The aim whose rules were met least, now and then any. */
function chooseAim(chance: Chance, hits: Hits, aims: readonly Aim[]): Aim {
  if (chance.below(4) === 0) return chance.one(aims)
  const least = Math.min(...aims.map(({ rules }) => fewest(hits, rules)))
  return chance.one(aims.filter(({ rules }) => fewest(hits, rules) === least))
}

/** Operations without an end, many of them on the way to rules that were met little, the others anything. */
function* wander(chance: Chance, start: VfioHost, hits: Hits, asked: Asked): Generator<Operation> {
  const aims = aimsFor(rowsOf(asked))
  let host = start
  let aim = chooseAim(chance, hits, aims)
  for (let steps = 0, attempts = 0; ; steps++) {
    if (steps === stint || attempts === enough) {
      aim = chooseAim(chance, hits, aims)
      steps = 0
      attempts = 0
    }
    let operation = undirected(chance, host, hits)
    let attempted = false
    if (chance.below(5) > 0) {
      const onTheWay = aim.way(host)
      const directed = onTheWay ?? aim.attempt(chance, host)
      if (onTheWay === undefined) attempts += 1
      if (isFair(host, directed)) {
        operation = directed
        attempted = onTheWay === undefined
      }
    }
    // An attempt is made by the way whose rules it aims at.
    if (asked.iommufd && !attempted) operation = someByIommufd(chance, operation)
    if (asked.iommufd) operation = withoutDmaBuffers(operation)
    yield operation
    host = predict(host, operation).host
  }
}

/** Performs operations and predicts each; gives the host that comes after, or the disagreement. */
async function follow(
  performer: Performer,
  host: VfioHost,
  operations: Iterable<Operation>,
  met?: Map<string, number>,
): Promise<{ host: VfioHost; disagreement?: Disagreement }> {
  const done: Operation[] = []
  let current = host
  for (const operation of operations) {
    done.push(operation)
    const predicted = predict(current, operation)
    const kernel = await performer.perform(operation)
    if (!isDeepStrictEqual(kernel, predicted.answer)) {
      return { host: current, disagreement: { operations: done, kernel, model: predicted.answer } }
    }
    for (const name of countedAs(operation, predicted.rule)) met?.set(name, (met.get(name) ?? 0) + 1)
    current = predicted.host
  }
  return { host: current }
}

/** Whether the same operation is answered as before: anything else is another disagreement. */
function isSame(one: Disagreement, other: Disagreement): boolean {
  const asked = ({ operations, kernel, model }: Disagreement) => [operations.at(-1), kernel, model]
  return isDeepStrictEqual(asked(one), asked(other))
}

/** Leaves out what is not needed for the disagreement, half by half, then one by one. */
async function shrink(performer: Performer, host: VfioHost, found: Disagreement): Promise<Disagreement> {
  let best = found
  for (let size = Math.ceil(best.operations.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.operations.length - 1; ) {
      const fewer = [...best.operations.slice(0, from), ...best.operations.slice(from + size)]
      await restore(performer)
      const { disagreement } = await follow(performer, host, fewer)
      if (disagreement !== undefined && isSame(disagreement, found)) best = disagreement
      else from += size
    }
  }
  await restore(performer)
  return best
}

/** Walks `count` operations from the state after boot; stops at the first disagreement and shrinks it. */
export async function walk(
  performer: Performer,
  start: VfioHost,
  asked: Asked,
  { count, seed, tell }: { count: number; seed: number; tell?: (operations: number) => void },
): Promise<Walked> {
  const chance = new Chance(seed)
  const hits = new Map<string, number>()
  let walked = 0
  while (walked < count) {
    const trace: Operation[] = []
    let host = start
    const steps = function* (): Generator<Operation> {
      for (const operation of wander(chance, start, hits, asked)) {
        trace.push(operation)
        yield operation
        host = predict(host, operation).host
        if (trace.length === episode) break
      }
      for (const operation of tidy(host, start)) {
        trace.push(operation)
        yield operation
      }
    }
    const { disagreement } = await follow(performer, start, steps(), hits)
    walked += trace.length
    tell?.(walked)
    if (disagreement !== undefined) {
      return { operations: walked, hits, disagreement: await shrink(performer, start, disagreement) }
    }
  }
  return { operations: walked, hits, disagreement: undefined }
}
