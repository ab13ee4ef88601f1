import { Context, type Finding } from '../src/context/context.ts'
import { type Origin, Origins } from '../src/origin/origin.ts'

const rule = /^[a-z0-9-]+(\/[a-z0-9.-]+)+$/

/** Names that were found to be rules: there are a few hundred, and millions of fields. */
const rules = new Set<string>(['doubt'])

const strict = Symbol.for('findings are strict')

/**
 * A finding about a field that its object has not points at the whole element, one about what somebody wrote has a place, a field without a name is
 * never read, and a reason without one shows as nothing: no test would notice. Here all throw; all tests run so.
 */
function beStrict(): void {
  const prototype = Context.prototype as Context & { [strict]?: true }
  if (prototype[strict]) return
  prototype[strict] = true
  for (const name of ['error', 'warn'] as const) {
    const told = prototype[name]
    prototype[name] = function (this: Context, finding: Finding) {
      const { at = this.definition, field, code } = finding
      if (field !== undefined && !(field in at)) throw new Error(`${code} is about ${field}, which its object has not`)
      if (!/^[a-z0-9-]+(\/[a-z0-9-]+)+$/.test(code)) throw new Error(`${code} is no code`)
      told.call(this, finding)
      const last = this.diagnostics.at(-1)
      if (last?.code === code && last.span === undefined && this.origins.nodeOf(at) !== undefined)
        throw new Error(`${code} is about what stands in the text, and names no place`)
    }
  }
  const { set } = prototype
  prototype.set = function (...[owner, field, value, reason]: Parameters<typeof set>) {
    if (field === '') throw new Error('a field without a name is set')
    set.call(this, owner, field, value, reason)
  }
  const origins = Origins.prototype
  const { made, wrote, adopted } = origins
  origins.made = function (owner, origin) {
    checkOrigin(origin)
    made.call(this, owner, origin)
  }
  origins.wrote = function (owner, field, origin) {
    checkOrigin(origin)
    wrote.call(this, owner, field, origin)
  }
  origins.adopted = function (owner, origin) {
    checkOrigin(origin)
    adopted.call(this, owner, origin)
  }
}

function isRule(name: string): boolean {
  if (rules.has(name)) return true
  if (!rule.test(name)) return false
  rules.add(name)
  return true
}

/** What a stage says of itself: a rule has a name with a slash in it, a flag or a fact any. */
function checkOrigin(origin: Origin): void {
  const fine =
    origin.kind === 'xml' ||
    ('rule' in origin && isRule(origin.rule)) ||
    ('flag' in origin && origin.flag.length > 0) ||
    ('fact' in origin && origin.fact.length > 0)
  if (!fine) throw new Error(`${JSON.stringify(origin)} is no origin`)
}

beStrict()
