import { expect, test } from 'vitest'
import type { Performer } from '../../scripts/kernel-oracle/perform.ts'
import { rowsMet, wanted } from '../../scripts/kernel-oracle/rows.ts'
import { walk } from '../../scripts/kernel-oracle/walk.ts'
import type { VfioHost } from '../../src/vfio/host.ts'
import type { Operation } from './operation.ts'
import { readRecording } from './recordings.ts'
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

const walks = [
  { name: '6.12.118+deb13-amd64', iommufd: false },
  { name: '7.2.13', iommufd: true },
]

test.each(walks)(
  'on Linux $name the walk of the kernel oracle meets every rule, and comes back to where it began',
  async ({ name, iommufd }) => {
    const [beginning] = readRecording(`${name}.jsonl`)
    const start = beginningOf(beginning)
    const asked = { release: beginning.kernelVersion, iommufd }
    const { hits, disagreement } = await walk(modelAsMachine(start), start, asked, { count: 5_200, seed: 4 })
    expect(disagreement).toBeUndefined()
    expect(rowsMet(hits, asked).filter(([, times]) => times < wanted)).toEqual([])
  },
)
