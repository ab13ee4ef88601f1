import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import type { Killer } from './killers.ts'
import { switches } from './stryker.ts'

/** What a worker is asked, and what it answers. */
export type Job =
  | { readonly do: 'survey'; readonly ids: readonly string[] }
  | { readonly do: 'warm'; readonly passing: readonly string[] }
  | { readonly do: 'try'; readonly id: string; readonly killers: readonly string[] }
  | {
      readonly do: 'try-loading'
      readonly id: string
      readonly killers: readonly string[]
      /** The folder of the mutant's file, and the element that it is about where it is about one. */
      readonly folder: string
      readonly element: string | undefined
    }

export interface Survey {
  /** The killers that pass without a mutant, in their order. */
  readonly passing: readonly string[]
  /** The killers that reach a mutant each time they run. */
  readonly reached: Readonly<Record<string, readonly string[]>>
  /** Mutants that act while modules load, or whose result is kept. */
  readonly loading: readonly string[]
}

/** Which killer noticed; none where the mutant survived. */
export interface Tried {
  readonly by: string | undefined
}

const [bundle] = process.argv.slice(2)
const state = switches()
let instances = 0
let warm: Map<string, Killer> | undefined
let last = 0

async function instance(): Promise<Map<string, Killer>> {
  const { load } = await import(`${pathToFileURL(bundle!).href}?${instances++}`)
  const killers: Killer[] = await load()
  return new Map(killers.map((killer) => [killer.id, killer]))
}

/** Runs a killer, and says to the pool, at most once a second, that there is progress. */
async function passes(killer: Killer): Promise<boolean> {
  if (Date.now() - last > 1000) {
    last = Date.now()
    process.send?.('alive')
  }
  fc.configureGlobal({ seed: 1 })
  state.hitCount = 0
  return killer.run()
}

/** Runs all twice: what only the first pass reaches is kept from then on, and so acts like what loads. */
async function survey(ids: readonly string[]): Promise<Survey> {
  const chosen = new Set(ids)
  warm = await instance()
  const loading = new Set(Object.keys(state.mutantCoverage?.static ?? {}).filter((id) => chosen.has(id)))
  const reached: Record<string, string[]> = Object.fromEntries(ids.map((id) => [id, []]))
  const passing: string[] = []
  const first = new Map<string, Set<string>>()
  for (const pass of [1, 2]) {
    for (const [name, killer] of warm) {
      state.currentTestId = name
      const good = await passes(killer)
      const hit = Object.keys(state.mutantCoverage?.perTest[name] ?? {}).filter((id) => chosen.has(id))
      state.mutantCoverage = Object.assign(state.mutantCoverage ?? { static: {} }, { perTest: {} })
      if (pass === 1) first.set(name, new Set(hit))
      else {
        if (good) passing.push(name)
        const before = first.get(name) ?? new Set()
        for (const id of before) if (!hit.includes(id)) loading.add(id)
        if (good) for (const id of hit) reached[id]?.push(name)
      }
    }
  }
  state.currentTestId = undefined
  return { passing, reached, loading: [...loading] }
}

/** One pass in an instance without a mutant, so that what is kept is as it should be. */
async function warmUp(names: readonly string[]): Promise<void> {
  warm = await instance()
  for (const name of names) await passes(warm.get(name)!)
}

async function attempt(id: string, killers: Iterable<Killer>): Promise<Killer | undefined> {
  state.activeMutant = id
  try {
    for (const killer of killers) if (!(await passes(killer))) return killer
    return undefined
  } finally {
    state.activeMutant = undefined
  }
}

async function tried(id: string, names: readonly string[]): Promise<Tried> {
  const all = warm!
  const by = await attempt(
    id,
    names.map((name) => all.get(name)!),
  )
  // What a mutant broke for good would kill the next ones too.
  if (by !== undefined && !(await passes(by))) await warmUp(names)
  return { by: by?.id }
}

async function triedLoading({ id, killers, folder, element }: Job & { do: 'try-loading' }): Promise<Tried> {
  state.activeMutant = id
  let all: Map<string, Killer>
  try {
    all = await instance()
  } catch {
    return { by: 'loading' }
  } finally {
    state.activeMutant = undefined
  }
  const known = killers.map((name) => all.get(name))
  // A test that is no longer there has not passed.
  if (known.includes(undefined)) return { by: 'loading' }
  const near = (killer: Killer) => killer.id.startsWith(folder)
  const about = (killer: Killer) =>
    element === undefined || killer.about.includes(`<${element}`) || killer.id.startsWith(ofDescriptions)
  const sorted = (known as Killer[]).filter((killer) => near(killer) || about(killer))
  const by = await attempt(id, [...sorted.filter(near), ...sorted.filter((killer) => !near(killer))])
  return { by: by?.id }
}

/** Ask what is described of each element, and the rows of each slice, by what loads; they name none. */
const ofDescriptions = 'tests/slices/'

function perform(job: Job): Promise<unknown> {
  switch (job.do) {
    case 'survey':
      return survey(job.ids)
    case 'warm':
      return warmUp(job.passing)
    case 'try':
      return tried(job.id, job.killers)
    case 'try-loading':
      return triedLoading(job)
  }
}

// Tests print what is skipped; that is known.
console.warn = () => {}
console.log = () => {}
state.hitLimit = 1_000_000
process.on('message', async (job: Job) => {
  try {
    process.send?.({ answer: await perform(job) })
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
process.on('unhandledRejection', () => {})
