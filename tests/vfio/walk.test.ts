import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Performer } from '../../scripts/kernel-oracle/perform.ts'
import { rowsMet, wanted } from '../../scripts/kernel-oracle/rows.ts'
import { walk } from '../../scripts/kernel-oracle/walk.ts'
import type { VfioHost } from '../../src/vfio/host.ts'
import type { Beginning, Operation } from './operation.ts'
import { beginningOf, predict } from './replay.ts'

/** The model in the place of the machine: it shows where the walk goes on a kernel that answers as foreseen. */
function modelAsMachine(start: VfioHost): Performer {
  let host = start
  const perform = async (operation: Operation) => {
    const predicted = predict(host, operation)
    host = predicted.host
    return predicted.answer
  }
  return { perform } as Performer
}

const recorded = readFileSync(new URL('kernels/6.12.118+deb13-amd64.jsonl', import.meta.url), 'utf8')
const beginning: Beginning = JSON.parse(recorded.slice(0, recorded.indexOf('\n')))

test('the walk of the kernel oracle meets every rule, and comes back to where it began', async () => {
  const start = beginningOf(beginning)
  const { hits, disagreement } = await walk(modelAsMachine(start), start, 5_200, 4, () => {})
  expect(disagreement).toBeUndefined()
  expect(rowsMet(hits, beginning.kernelVersion).filter(([, times]) => times < wanted)).toEqual([])
})
