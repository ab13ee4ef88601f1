import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { holds } from '../release/dated.ts'
import { Release, type ReleaseName } from '../release/release.ts'
import { derive } from './derive.ts'
import { enlightenments } from './derive-hyperv.ts'
import { type Answer, dialogueOfRecording, keyOf, type Question } from './dialogue.ts'
import { printCapabilities, readCapabilities } from './file.ts'
import { flags } from './flags.ts'
import { loadLibvirtCapabilities } from './load-libvirt.ts'
import { flagsDerivedBy } from './releases.ts'
import { groups } from './rows.ts'

/** What libvirt 10.1 derived, and what 11.3 derived, partly from the same recordings. */
const corpora = [
  { folder: 'corpus', release: '10.1', recordings: 38 },
  { folder: 'corpus-11.3', release: '11.3', recordings: 29 },
] as const

interface Recording {
  readonly release: ReleaseName
  readonly build: string
  readonly path: string
}

const recordings = corpora.flatMap(({ folder, release }): Recording[] => {
  if (shared === undefined) return []
  const names = readdirSync(`${shared}/${folder}/qemucapabilitiesdata`).filter((name) => name.endsWith('.replies'))
  return names.map((name) => {
    const path = `${shared}/${folder}/qemucapabilitiesdata/${name.slice(0, -'.replies'.length)}`
    return { release, build: name.slice('caps_'.length, -'.replies'.length), path }
  })
})

function derived({ path, build }: Recording) {
  const text = readFileSync(`${path}.replies`, 'utf8')
  const { capabilities } = derive(dialogueOfRecording(text), { hvf: build.endsWith('+hvf') }, build.split('_')[0])
  if (capabilities === undefined) throw new Error(`nothing derived from ${build}`)
  return capabilities
}

describe('rows', () => {
  it('stand in one group each', () => {
    const grouped = Object.values(groups).flatMap((group) => Object.keys(group))
    expect(grouped.sort()).toEqual([...flags].sort())
  })
})

const scalar = fc.oneof(fc.constantFrom(null, true, false, '', '__proto__'), fc.double(), fc.integer(), fc.string())

/** An object with the keys of a real answer, and anything for their values. */
function objectWith(...keys: readonly string[]): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(keys.map((key) => [key, scalar])), { requiredKeys: [] })
}

function listWith(...keys: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(fc.array(objectWith(...keys), { maxLength: 3 }), scalar)
}

const expansion = { execute: 'query-cpu-model-expansion', arguments: { type: 'static', model: { name: 'max' } } }

/** Answers of the right shape and of wrong values. */
const hostile: readonly (readonly [Question, fc.Arbitrary<unknown>])[] = [
  [{ execute: 'query-kvm' }, objectWith('enabled', 'present')],
  [{ execute: 'query-qmp-schema' }, listWith('name', 'meta-type', 'arg-type', 'element-type')],
  [{ execute: 'qom-list-types' }, listWith('name')],
  [{ execute: 'query-machines' }, listWith('name', 'alias', 'cpu-max', 'default-cpu-type', 'acpi', 'is-default')],
  [{ execute: 'query-cpu-definitions' }, listWith('name', 'typename', 'unavailable-features', 'deprecated')],
  [{ execute: 'query-command-line-options' }, listWith('option', 'parameters')],
  [{ execute: 'query-tpm-models' }, fc.array(scalar)],
  [{ execute: 'query-sev-capabilities' }, objectWith('cbitpos', 'reduced-phys-bits', 'pdh', 'cert-chain')],
  [{ execute: 'query-sgx-capabilities' }, objectWith('section-size', 'flc', 'sections')],
  [{ execute: 'query-gic-capabilities' }, listWith('version', 'kernel', 'emulated')],
  [expansion, fc.record({ model: fc.record({ name: scalar, props: objectWith('sse', 'family', 'model-id') }) })],
]

describe('derived from hostile answers', () => {
  it('is a table that can be written and read again, or a finding', () => {
    const answers = fc.tuple(...hostile.map(([, answer]) => fc.option(answer, { nil: undefined })))
    fc.assert(
      fc.property(answers, fc.boolean(), (given, identified) => {
        const session = new Map<string, Answer>()
        hostile.forEach(([question], index) => {
          const value = given[index]
          if (value !== undefined) session.set(keyOf(question), { return: JSON.parse(JSON.stringify(value)) })
        })
        if (identified) {
          session.set('query-version', { return: { qemu: { major: 8, minor: 2, micro: 0 } } })
          session.set('query-target', { return: { arch: 'x86_64' } })
        }
        const { capabilities, diagnostics } = derive({ sessions: [session] })
        expect(capabilities === undefined).toBe(diagnostics.length > 0)
        if (identified) expect(capabilities).toBeDefined()
        if (capabilities === undefined) return
        expect(readCapabilities(printCapabilities(capabilities.table)).diagnostics).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe.skipIf(skippedWithoutShared('derivation from recorded builds'))('derived from a recording', () => {
  it.each(corpora)('$folder has $recordings recordings', ({ release, recordings: count }) => {
    expect(recordings.filter((recording) => recording.release === release).length).toBe(count)
  })

  it.each(recordings)('libvirt $release, $build: equals what libvirt derived', (recording) => {
    const { release, build, path } = recording
    // No recording was made by a libvirt that keeps the values.
    const { flags: ourFlags, hyperv, hypervValues: _, ...rest } = derived(recording).table
    const written = flagsWrittenIn(readFileSync(`${path}.xml`, 'utf8'))
    const derivable = new Set(flagsDerivedBy(Release.of(release)))
    expect(ourFlags.filter((flag) => derivable.has(flag))).toEqual([...written].sort())
    const loaded = loadLibvirtCapabilities(readFileSync(`${path}.xml`), build.split('_')[0]).capabilities?.table
    const { flags: theirFlags = [], hyperv: theirHyperv, ...theirs } = loaded ?? {}
    expect(rest).toEqual(theirs)
    const known = enlightenments.filter((row) => holds(row, Release.of(release)))
    const names = new Set(known.map(({ name }) => name))
    expect(hyperv?.filter((name) => names.has(name))).toEqual(theirHyperv)
    // What newer libvirts take for granted, the build has: the table that was read says so too.
    expect(theirFlags.filter((flag) => !ourFlags.includes(flag))).toEqual([])
  })

  it('a VF token is known to the builds that have the property', () => {
    const having = recordings.filter((recording) => derived(recording).has('vfio-pci.vf-token'))
    const of10_1 = having.filter(({ release }) => release === '10.1').map(({ build }) => build)
    expect(of10_1).toEqual(['8.1.0_s390x', '8.1.0_x86_64', '8.2.0_aarch64', '8.2.0_x86_64', '9.0.0_x86_64'])
    expect(having.length - of10_1.length).toBe(17)
  })
})

function flagsWrittenIn(xml: string): string[] {
  return [...xml.matchAll(/<flag name='([^']+)'/g)].map(([, name = '']) => name)
}
