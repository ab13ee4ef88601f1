import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flagsOf } from '../../src/capabilities/derive.ts'
import { dialogueOfRecording } from '../../src/capabilities/dialogue.ts'
import type { Fact } from '../../src/capabilities/evidence.ts'
import { factsOf } from '../../src/capabilities/facts.ts'
import type { Flag } from '../../src/capabilities/flags.ts'
import { rowList, rows } from '../../src/capabilities/rows.ts'
import { shared, skippedWithoutShared } from '../shared.ts'
import { type Recording, without } from './knock-out.ts'

const folder = `${shared}/corpus/qemucapabilitiesdata`

/** The newest recordings first: a fact is best removed from a build that has it and much else. */
const recordings: { readonly name: string; readonly recording: Recording; readonly flags: ReadonlySet<Flag> }[] =
  shared === undefined
    ? []
    : readdirSync(folder)
        .filter((name) => name.endsWith('.replies'))
        .sort()
        .reverse()
        .map((name) => {
          const dialogue = dialogueOfRecording(readFileSync(`${folder}/${name}`, 'utf8'))
          const recording = { dialogue, host: { hvf: name.includes('+hvf') } }
          return { name, recording, flags: new Set(flagsOf(factsOf(dialogue, recording.host))) }
        })

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
      'rbd-encryption': ['rbd-encryption-layering', 'rbd-encryption-luks-any'],
      'virtio-blk-pci.scsi': ['virtio-blk-pci.scsi.default.disabled'],
    })
  })
})

describe.skipIf(skippedWithoutShared('knock-out of facts from recorded builds'))('without the fact a row reads', () => {
  it.each(rowList.map(({ flag }) => flag))('%s goes, and no other', (flag) => {
    const found = recordings.find(({ flags }) => flags.has(flag))
    if (found === undefined) throw new Error(`no recording shows ${flag}`)
    const { dialogue, host } = without(found.recording, rows[flag].shows.fact)
    const left = new Set(flagsOf(factsOf(dialogue, host)))
    const gone = [...found.flags].filter((other) => !left.has(other))
    const also = expectedAlso(flag).filter((other) => found.flags.has(other))
    expect(gone).toContain(flag)
    expect(gone.filter((other) => other !== flag && !also.includes(other))).toEqual([])
    expect([...left].filter((other) => !found.flags.has(other))).toEqual([])
  })
})
