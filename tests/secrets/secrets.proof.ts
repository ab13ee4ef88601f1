import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostOutputsOf, plantedHosts } from './hosts.ts'
import { type Outputs, outputsOf } from './outputs.ts'
import { brokenPlanted, type Planted, placeNames, places, plant } from './planted.ts'

/** The outputs in which some of a secret is seen, with what stands around it. */
function leaksIn(outputs: Outputs, hidden: Planted['hidden']): string[] {
  return [...outputs].flatMap(([name, shown]) => {
    const at = Math.max(...hidden.map((part) => shown.indexOf(part)))
    return at < 0 ? [] : [`${name}: ${shown.slice(Math.max(0, at - 60), at + 30)}`]
  })
}

const leaksOf = async ({ text, hidden }: Planted): Promise<string[]> => leaksIn(await outputsOf(text), hidden)

describe('no output shows', () => {
  test.each(placeNames)('%s', async (name) => {
    const found = await Promise.all(places[name].between.map((between) => leaksOf(plant(name, between))))
    expect(found.flat()).toEqual([])
  })

  test('a secret beside a name that is misspelt, or in markup that is broken', async () => {
    const property = fc.asyncProperty(brokenPlanted, async (planted) => {
      expect(await leaksOf(planted)).toEqual([])
    })
    await fc.assert(property, { numRuns: 60, seed: 1 })
  })

  test('a secret of a host file, whole or broken', () => {
    const property = fc.property(plantedHosts, ({ text, hidden }) => {
      expect(leaksIn(hostOutputsOf(text), hidden)).toEqual([])
    })
    fc.assert(property, { numRuns: 200, seed: 1 })
  })
})

test('what is planted is there to be seen: every place reaches a command line', async () => {
  const outputs = await Promise.all(placeNames.map((name) => outputsOf(plant(name).text)))
  expect(outputs.filter((shown) => !shown.has('argv --redact') || !shown.has('topology'))).toEqual([])
})
