import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { derive } from './derive.ts'
import { type Answer, dialogueOfRecording, keyOf, type Question } from './dialogue.ts'
import { printCapabilities, readCapabilities } from './file.ts'
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
