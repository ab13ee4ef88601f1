import { ASYMMETRIC_MATCHERS_OBJECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect'
import * as chai from 'chai'

/**
 * The part of vitest that the tests use, where each test can be run alone and many times in one process. Names with
 * `%s` are not filled: a test is known by its number.
 */
for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin)
const asymmetric = (globalThis as unknown as Record<symbol, object>)[ASYMMETRIC_MATCHERS_OBJECT]

export const expect = Object.assign((...given: Parameters<typeof chai.expect>) => chai.expect(...given), {
  ...chai.expect,
  ...asymmetric,
})
export const expectTypeOf = () => new Proxy(() => {}, anything)
const anything: ProxyHandler<() => void> = { get: () => new Proxy(() => {}, anything), apply: () => undefined }

type Body = (...values: unknown[]) => unknown

interface Suite {
  readonly outer?: Suite
  readonly before: Body[]
  readonly beforeEach: Body[]
  readonly afterEach: Body[]
  ready: boolean
}

export interface Found {
  readonly name: string
  run(): Promise<void>
}

const found: Found[] = []
const top = (): Suite => ({ before: [], beforeEach: [], afterEach: [], ready: false })
let suite = top()

/** The tests that the import of a file brings. */
export async function testsOf(load: () => Promise<unknown>): Promise<Found[]> {
  suite = top()
  found.length = 0
  await load()
  return [...found]
}

async function enter(of: Suite): Promise<void> {
  if (of.outer) await enter(of.outer)
  if (!of.ready) for (const hook of of.before) await hook()
  of.ready = true
  for (const hook of of.beforeEach) await hook()
}

async function leave(of: Suite): Promise<void> {
  for (const hook of of.afterEach) await hook()
  if (of.outer) await leave(of.outer)
}

function add(name: string, body: Body, values: readonly unknown[]): void {
  const of = suite
  const run = async () => {
    await enter(of)
    try {
      await body(...values)
    } finally {
      await leave(of)
    }
  }
  found.push({ name, run })
}

function within(_name: string, body: Body, values: readonly unknown[]): void {
  const outer = suite
  suite = { ...top(), outer }
  body(...values)
  suite = outer
}

/** `test` and `describe` differ in what they do with their body, and in nothing else. */
function callable(act: (name: string, body: Body, values: readonly unknown[]) => void) {
  const plain = (name: string, ...rest: unknown[]) => act(name, bodyOf(rest), [])
  const each = (rows: readonly unknown[]) => {
    return (name: string, ...rest: unknown[]) => {
      for (const row of rows) act(name, bodyOf(rest), Array.isArray(row) ? row : [row])
    }
  }
  const rowwise = (rows: readonly unknown[]) => {
    return (name: string, ...rest: unknown[]) => {
      for (const row of rows) act(name, bodyOf(rest), [row])
    }
  }
  const skip = () => {}
  const skipIf = (condition: boolean) => (condition ? Object.assign(skip, { each: () => skip }) : all)
  const all = Object.assign(plain, { each, for: rowwise, skipIf, skip })
  return Object.assign(all, { concurrent: all })
}

const bodyOf = (rest: readonly unknown[]) => rest.find((it): it is Body => typeof it === 'function')!

export const test = callable(add)
export const it = test
export const describe = callable(within)
export const beforeAll = (hook: Body) => suite.before.push(hook)
export const beforeEach = (hook: Body) => suite.beforeEach.push(hook)
export const afterEach = (hook: Body) => suite.afterEach.push(hook)
/** Nothing is over before the process is. */
export const afterAll = () => {}
