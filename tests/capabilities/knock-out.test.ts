import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flagsOf } from '../../src/capabilities/derive.ts'
import { dialogueOfRecording } from '../../src/capabilities/dialogue.ts'
import { type Fact, unseen } from '../../src/capabilities/evidence.ts'
import { factsOf } from '../../src/capabilities/facts.ts'
import type { Flag } from '../../src/capabilities/flags.ts'
import { rowList, rows } from '../../src/capabilities/rows.ts'
import { shared, skippedWithoutShared } from '../shared.ts'
import { type Recording, without } from './knock-out.ts'
import { showing } from './showing.ts'

interface Build {
  readonly name: string
  readonly recording: Recording
  readonly flags: ReadonlySet<Flag>
}

const folders = ['corpus-11.3', 'corpus'].map((corpus) => `${shared}/${corpus}/qemucapabilitiesdata`)

/** The newest recordings first: a fact is best removed from a build that has it and much else. */
const recordings: readonly Build[] =
  shared === undefined
    ? []
    : folders.flatMap((folder) => {
        const names = readdirSync(folder).filter((name) => name.endsWith('.replies'))
        return names
          .sort()
          .reverse()
          .map((name) => buildOf(name, readFileSync(`${folder}/${name}`, 'utf8')))
      })

function buildOf(name: string, text: string): Build {
  const recording = { dialogue: dialogueOfRecording(text), host: { hvf: name.includes('+hvf') } }
  return { name, recording, flags: flagsIn(recording) }
}

function flagsIn({ dialogue, host }: Recording): ReadonlySet<Flag> {
  return new Set(flagsOf(factsOf(dialogue, host)))
}

/** The places a fact stands at, outermost first: removing a place removes what stands inside it. */
function placesOf(fact: Fact): string[] {
  switch (fact.sort) {
    case 'command':
      return [`schema/${fact.name}`]
    case 'schema':
      return [`schema/${fact.path}`]
    case 'device-property':
      return [`device/${fact.type}/${fact.property}`]
    case 'device-default':
      return [`device/${fact.type}/${fact.property}/default`]
    case 'any':
    case 'all':
      return fact.of.flatMap((evidence) => placesOf(evidence.fact))
    default:
      return [JSON.stringify(fact)]
  }
}

/** The flags whose facts stand inside a row's: `rbd-encryption-layering` inside `rbd-encryption`. */
function inside(flag: Flag): Flag[] {
  const removed = placesOf(rows[flag].shows.fact)
  const isInside = (place: string) => removed.some((outer) => place === outer || place.startsWith(`${outer}/`))
  return rowList.filter((row) => placesOf(row.shows.fact).some(isInside)).map((row) => row.flag)
}

/** Rows that read one fact of two, so that the other flag goes too when that fact does. */
const expectedAlso = (flag: Flag) => inside(flag).filter((other) => other !== flag)

describe('places of facts', () => {
  it('hold few flags inside those of others', () => {
    const nested = rowList.map(({ flag }) => [flag, expectedAlso(flag)] as const).filter(([, also]) => also.length > 0)
    expect(Object.fromEntries(nested)).toEqual({
      'blockdev-reopen': ['incremental-backup'],
      'calc-dirty-rate': ['dirtyrate-param.mode'],
      'incremental-backup': ['blockdev-reopen', 'migration-param.block-bitmap-mapping'],
      'migration-param.block-bitmap-mapping': ['incremental-backup'],
      'query-cpu-model-expansion': ['query-cpu-model-expansion.deprecated-props'],
      'rbd-encryption': ['rbd-encryption-layering', 'rbd-encryption-luks-any'],
      'sev-guest': ['sev-snp-guest'],
      'sev-snp-guest': ['sev-guest'],
      'virtio-blk-pci.scsi': ['virtio-blk-pci.scsi.default.disabled'],
    })
  })
})

function expectOnlyGone(found: Build, flag: Flag) {
  const left = flagsIn(without(found.recording, rows[flag].shows.fact))
  const gone = [...found.flags].filter((other) => !left.has(other))
  const also = expectedAlso(flag).filter((other) => found.flags.has(other))
  expect(gone).toContain(flag)
  expect(gone.filter((other) => other !== flag && !also.includes(other))).toEqual([])
  expect([...left].filter((other) => !found.flags.has(other))).toEqual([])
}

/** What only QEMUs newer than every recording show; `npm run oracle:capabilities` compares it with what libvirt says. */
const unrecorded: readonly Flag[] = [
  'amd-iommu.pci-id',
  'amd-iommu.xtsup',
  'arm-smmuv3.accel',
  'arm-smmuv3.cmdqv',
  'arm-smmuv3.smmu_per_bus',
  'blockdev-mirror.target-is-zero',
  'disk-timed-stats',
  'iothread.poll-weight',
  'machine.virt.highmem-mmio-size',
  'object-monitor-qmp',
  'qom-list-get',
  'query-accelerators',
  'query-block-flat',
  'scsi-block.migrate-pr',
  'tdx-guest',
  'win-dmp.guest-aware',
]

const seen = rowList.filter(({ shows }) => shows !== unseen).map(({ flag }) => flag)

describe.skipIf(skippedWithoutShared('knock-out of facts from recorded builds'))('without the fact a row reads', () => {
  it.each(seen.filter((flag) => !unrecorded.includes(flag)))('%s goes, and no other', (flag) => {
    const found = recordings.find(({ flags }) => flags.has(flag))
    if (found === undefined) throw new Error(`no recording shows ${flag}`)
    expectOnlyGone(found, flag)
  })

  it('nothing recorded is missing', () => {
    expect(unrecorded.filter((flag) => recordings.some(({ flags }) => flags.has(flag)))).toEqual([])
  })
})

describe('a build that answers one fact, and then no longer', () => {
  it.each(unrecorded)('%s comes and goes with it', (flag) => {
    const recording = showing(rows[flag].shows.fact)
    expect([...flagsIn(recording)].filter((other) => !expectedAlso(flag).includes(other))).toEqual([flag])
    expectOnlyGone({ name: flag, recording, flags: flagsIn(recording) }, flag)
  })

  it('one flag no QEMU shows', () => {
    expect(rowList.filter(({ shows }) => shows === unseen).map(({ flag }) => flag)).toEqual(['chardev.json'])
  })
})
