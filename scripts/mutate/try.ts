import { dirname } from 'node:path'
import type { Mutant } from './mutants.ts'
import { Lost, Worker } from './pool.ts'
import { elementOf } from './scope.ts'
import type { Job, Survey, Tried } from './worker.ts'

export interface Outcome {
  readonly mutant: Mutant
  readonly end: 'killed' | 'timeout' | 'survived'
  readonly by?: string | undefined
  /** Whether a killer comes by; unknown, and so true, of what acts while modules load. */
  readonly reached: boolean
}

/** Each try of what loads leaves its modules behind. */
const loadsOfOneWorker = 25

/** Tries mutants until a killer notices each, first those that a warm process can switch. */
export async function tryAll(
  mutants: readonly Mutant[],
  ids: ReadonlyMap<string, string>,
  bundle: string,
  processes: number,
  progress: (text: string) => void,
): Promise<Outcome[]> {
  const id = (mutant: Mutant) => ids.get(mutant.key)!
  const first = new Worker(bundle)
  progress('without a mutant')
  const { passing, reached, loading } = await first.ask<Survey>({ do: 'survey', ids: mutants.map(id) })
  const outcomes: Outcome[] = []
  const isLoading = new Set(loading)
  const end = (mutant: Mutant, tried: Tried | 'lost') => {
    const ofMutant = { mutant, reached: isLoading.has(id(mutant)) || (reached[id(mutant)] ?? []).length > 0 }
    if (tried === 'lost') outcomes.push({ ...ofMutant, end: 'timeout' })
    else outcomes.push({ ...ofMutant, end: tried.by === undefined ? 'survived' : 'killed', by: tried.by })
    const killed = outcomes.filter((it) => it.end !== 'survived').length
    progress(`${outcomes.length} of ${mutants.length} tried, ${killed} killed`)
  }
  const more = (count: number) => Array.from({ length: count }, () => new Worker(bundle))
  const near = (mutant: Mutant) => (name: string) => name.startsWith(`${dirname(mutant.file)}/`)
  const switching = mutants.filter((it) => !isLoading.has(id(it)))
  await share(switching, [first, ...more(processes - 1)], async (worker, mutant) => {
    const killers = reached[id(mutant)] ?? []
    const isNear = near(mutant)
    const sorted = [...killers.filter(isNear), ...killers.filter((name) => !isNear(name))]
    if (!worker.running) await worker.ask({ do: 'warm', passing })
    end(mutant, await attempt(worker, { do: 'try', id: id(mutant), killers: sorted }))
  })
  let loads = 0
  await share(
    mutants.filter((it) => isLoading.has(id(it))),
    more(processes),
    async (worker, mutant) => {
      const about = { folder: `${dirname(mutant.file)}/`, element: elementOf(mutant.file) }
      end(mutant, await attempt(worker, { do: 'try-loading', id: id(mutant), killers: passing, ...about }))
      if (++loads % loadsOfOneWorker === 0) worker.end()
    },
  )
  return outcomes
}

async function attempt(worker: Worker, job: Job): Promise<Tried | 'lost'> {
  try {
    return await worker.ask<Tried>(job)
  } catch (error) {
    if (error instanceof Lost) return 'lost'
    throw error
  }
}

async function share(
  mutants: readonly Mutant[],
  workers: readonly Worker[],
  one: (worker: Worker, mutant: Mutant) => Promise<void>,
): Promise<void> {
  const left = [...mutants]
  const work = async (worker: Worker) => {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) await one(worker, mutant)
    worker.end()
  }
  await Promise.all(workers.map(work))
}
