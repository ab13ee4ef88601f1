import { expect, test } from 'vitest'
import { atOnce, inTurns, type Staged, type StageName, together } from './staged.ts'

function* work(name: string, log: string[], stages: readonly StageName[]): Staged<string> {
  for (const stage of stages) {
    log.push(`${name} ${stage}`)
    yield stage
  }
  return `${name} done`
}

test('at once: to the end, and each rest is told', () => {
  const told: StageName[] = []
  expect(atOnce(work('a', [], ['parse', 'defaults']), (stage) => told.push(stage))).toBe('a done')
  expect(told).toEqual(['parse', 'defaults'])
})

test('together: no one goes further before all have rested, and the results are in their order', () => {
  const log: string[] = []
  const works = [work('a', log, ['parse', 'argv']), work('b', log, []), work('c', log, ['parse', 'format', 'argv'])]
  expect(together(works)).toEqual(['a done', 'b done', 'c done'])
  expect(log).toEqual(['a parse', 'c parse', 'a argv', 'c format', 'c argv'])
  expect(together([])).toEqual([])
})

test('in turns: what waits at a rest has its turn', async () => {
  const log: string[] = []
  const rest = () => Promise.resolve()
  const one = inTurns(work('a', log, ['parse', 'argv']), rest)
  const other = inTurns(work('b', log, ['parse', 'argv']), rest)
  expect(await Promise.all([one, other])).toEqual(['a done', 'b done'])
  expect(log).toEqual(['a parse', 'b parse', 'a argv', 'b argv'])
})
