import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { derive } from './derive.ts'
import { dialogueOfRecording } from './dialogue.ts'
import { flags } from './flags.ts'
import { loadLibvirtCapabilities } from './load-libvirt.ts'
import { groups } from './rows.ts'

const folder = `${shared}/corpus/qemucapabilitiesdata`
const builds =
  shared === undefined
    ? []
    : readdirSync(folder)
        .filter((name) => name.endsWith('.replies'))
        .map((name) => name.slice('caps_'.length, -'.replies'.length))

function derived(build: string) {
  const text = readFileSync(`${folder}/caps_${build}.replies`, 'utf8')
  const { capabilities } = derive(dialogueOfRecording(text), { hvf: build.endsWith('+hvf') }, build.split('_')[0])
  if (capabilities === undefined) throw new Error(`nothing derived from ${build}`)
  return capabilities
}

/** Flags of our own, which libvirt has no name for. */
const ours: ReadonlySet<string> = new Set(['vfio-pci.vf-token'])

describe('rows', () => {
  it('stand in one group each', () => {
    const grouped = Object.values(groups).flatMap((group) => Object.keys(group))
    expect(grouped.sort()).toEqual([...flags].sort())
  })
})

describe.skipIf(skippedWithoutShared('derivation from recorded builds'))('derived from a recording', () => {
  it('there are 38 recordings', () => {
    expect(builds.length).toBe(38)
  })

  it.each(builds)('%s equals what libvirt derived', (build) => {
    const ourTable = derived(build).table
    const text = readFileSync(`${folder}/caps_${build}.xml`)
    const theirs = loadLibvirtCapabilities(text, build.split('_')[0]).capabilities?.table
    const { flags: ourFlags, ...rest } = ourTable
    expect(ourFlags.filter((flag) => !ours.has(flag))).toEqual([...(theirs?.flags ?? [])].sort())
    expect({ ...rest, flags: [] }).toEqual({ ...theirs, flags: [] })
  })

  it('a VF token is known to the five builds that have the property', () => {
    expect(builds.filter((build) => derived(build).has('vfio-pci.vf-token'))).toEqual([
      '8.1.0_s390x',
      '8.1.0_x86_64',
      '8.2.0_aarch64',
      '8.2.0_x86_64',
      '9.0.0_x86_64',
    ])
  })
})
