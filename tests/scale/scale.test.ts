import { expect, test } from 'vitest'
import { countables } from '../../bench/countable.ts'
import { printShell } from '../../src/argv/print.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { convert } from '../../src/convert.ts'
import { masked } from '../../src/diagnostic/mask.ts'
import { genericHost } from '../../src/host/generic.ts'
import { Blocks } from './work.ts'

const options = { capabilities: await loadBuiltin(chooseBuild('x86_64').build!), host: genericHost('x86_64') }

const blocks = new Blocks()
const runs = (source: string) =>
  blocks.runsIn(() => {
    const { argv, text, origins } = convert(source, options)
    if (argv) printShell(argv, { redact: true })
    masked(text, origins.secrets)
  })

const few = 50
const many = 200
/** Four times more of a thing runs a block four times more; what goes over all pairs runs sixteen times more. */
const limit = 8
/** What runs less is not done for pairs of things. */
const pairs = many ** 2 / 8

function tooOften(guest: (count: number) => string): string[] {
  const before = runs(guest(few))
  return [...runs(guest(many))].flatMap(([block, count]) => {
    const fewer = before.get(block)
    return fewer !== undefined && count > pairs && count > limit * fewer ? [`${block}: ${fewer} and ${count} runs`] : []
  })
}

test.each(countables)('no block runs more often than the number of $what lets it', ({ guest }) => {
  // The engine may forget counts of a function whose code it throws away: what holds is found each time.
  let found = tooOften(guest)
  for (let again = 0; again < 3 && found.length > 0; again++) found = tooOften(guest)
  expect(found).toEqual([])
})
