import { describe, expect, it } from 'vitest'
import { Release } from '../release/release.ts'
import { cpuFacts, qemuFeatureName } from './cpu-facts.ts'
import { nearestModel } from './nearest.ts'

const x86 = cpuFacts('x86_64')!
const releases = (['10.1', '11.3', '12.8'] as const).map((name) => Release.of(name))

describe('CPU facts', () => {
  it('know where a feature stands', () => {
    expect(x86.features.get('sse2')?.bit).toEqual({ kind: 'cpuid', leaf: 1, subleaf: 0, register: 'edx', bit: 26 })
    expect(x86.features.get('xgetbv1')?.bit).toEqual({ kind: 'cpuid', leaf: 13, subleaf: 1, register: 'eax', bit: 2 })
    expect(x86.features.get('vmx-ept')?.bit).toEqual({ kind: 'msr', index: 0x48b, bit: 33 })
    expect(cpuFacts('x86_64', releases[0])?.features.get('vmx-ept')?.bit).toEqual({ kind: 'msr', index: 0x48b, bit: 1 })
    expect(x86.features.get('vmx-page-walk-4')?.bit).toEqual({ kind: 'msr', index: 0x48c, bit: 6 })
    expect(x86.features.get('invtsc')?.migratable).toBe(false)
  })

  it('know other names of a feature', () => {
    expect(x86.feature('sse3')?.name).toBe('pni')
    expect(x86.feature('lahf-lm')?.name).toBe('lahf_lm')
    expect(x86.feature('cqm')?.name).toBe('cmt')
    expect(x86.feature('warp')).toBeUndefined()
  })

  it("know QEMU's name of a feature", () => {
    expect(qemuFeatureName('x86_64', 'ds_cpl')).toBe('ds-cpl')
    expect(qemuFeatureName('x86_64', 'pclmuldq')).toBe('pclmulqdq')
    expect(qemuFeatureName('x86_64', 'sse4.1')).toBe('sse4.1')
    expect(qemuFeatureName('x86_64', 'warp')).toBe('warp')
    expect(qemuFeatureName('s390x', 'msa5')).toBe('msa5')
    expect(x86.features.get('osxsave')?.qemu).toBeUndefined()
  })

  it('resolve a model to its features', () => {
    const model = x86.models.get('EPYC')
    expect(model?.vendor).toBe('AMD')
    expect(model?.features.has('sse4a')).toBe(true)
    expect(model?.features.has('monitor')).toBe(false)
    expect(model?.removed.has('monitor')).toBe(true)
    for (const facts of releases.map((release) => cpuFacts('x86_64', release)!)) {
      const names = [...facts.models.values()].flatMap(({ features, removed }) => [...features, ...removed])
      expect(names.filter((name) => !facts.features.has(name))).toEqual([])
    }
  })

  it('are those of a release', () => {
    const models = releases.map((release) => [...cpuFacts('x86_64', release)!.models.keys()])
    expect(models.map((names) => names.length)).toEqual([60, 150, 176])
    expect(models.map((names) => names.includes('EPYC-Milan-v2'))).toEqual([false, true, true])
    expect(models.map((names) => names.includes('EPYC-Turin'))).toEqual([false, false, true])
    expect(cpuFacts('ppc64', releases[1])?.models.has('POWER11')).toBe(false)
    expect(cpuFacts('ppc64', releases[2])?.models.has('POWER11')).toBe(true)
    expect(cpuFacts('x86_64', Release.of('11.9'))).toBe(cpuFacts('x86_64', releases[1]))
  })

  it('know versions of a model by what differs, and version 1 as the model', () => {
    const facts = cpuFacts('x86_64', releases[1])!
    const [first, second] = [facts.models.get('EPYC-Milan-v1')!, facts.models.get('EPYC-Milan-v2')!]
    expect(first.features).toEqual(facts.models.get('EPYC-Milan')!.features)
    expect(first).toMatchObject({ vendor: 'AMD', forGuest: false, signatures: [{ family: 25, model: 1 }] })
    expect(second.features.size).toBe(92)
    expect([...second.features].filter((name) => !first.features.has(name))).toContain('vaes')
  })

  it('tell models of one signature apart by stepping', () => {
    const has = (name: string, stepping: number) =>
      x86.hasSignature(x86.models.get(name)!, { family: 6, model: 85, stepping })
    expect([has('Cascadelake-Server', 6), has('Cascadelake-Server', 4), has('Skylake-Server', 4)]).toEqual([
      true,
      false,
      true,
    ])
  })

  it('know vendors and models of other architectures', () => {
    expect(x86.vendorOf('AuthenticAMD')).toBe('AMD')
    expect(x86.models.get('YongFeng')?.vendor).toBe('Zhaoxin CentaurHauls')
    expect(cpuFacts('aarch64')?.models.get('ThunderX2 99xx')?.vendor).toBe('Cavium')
    expect(cpuFacts('aarch64')?.models.get('FT-2000+')?.versions).toEqual([{ value: 0x662, mask: 0xffffffff }])
    expect(cpuFacts('ppc64le')?.models.get('POWER8')?.versions).toContainEqual({ value: 0x4c0000, mask: 0xffff0000 })
    expect(cpuFacts('s390x')).toBeUndefined()
  })
})

describe('the nearest model', () => {
  const all = [...x86.models.keys()].map((name) => ({ name, blockers: [] as string[] }))
  const haswell = x86.models.get('Haswell')!.features

  it('is the model itself where nothing differs', () => {
    expect(nearestModel(x86, { vendor: 'Intel', features: haswell }, all)).toEqual({
      model: 'Haswell',
      vendor: 'Intel',
      enable: [],
      disable: [],
    })
  })

  it('lists what differs, in the order of the table', () => {
    const features = new Set([...haswell, 'invtsc', 'vme'])
    features.delete('smep')
    expect(nearestModel(x86, { vendor: 'Intel', features }, all)).toMatchObject({
      model: 'Haswell',
      enable: ['vme', 'invtsc'],
      disable: ['smep'],
    })
  })

  it('prefers the signature over the number of differences', () => {
    const signature = { family: 6, model: 94, stepping: 3 }
    expect(nearestModel(x86, { vendor: 'Intel', signature, features: haswell }, all)?.model).toBe('Skylake-Client')
  })

  it('takes only what is offered, and nothing of another vendor', () => {
    const offered = all.filter(({ name }) => name !== 'Haswell')
    expect(nearestModel(x86, { vendor: 'Intel', features: haswell }, offered)?.model).toBe('Haswell-noTSX')
    const amd = nearestModel(x86, { vendor: 'AMD', features: haswell }, all)
    expect(x86.models.get(amd?.model ?? '')?.vendor).not.toBe('Intel')
    expect(nearestModel(x86, { features: haswell }, [])).toBeUndefined()
  })

  it('would rather enable two features than disable more than one', () => {
    const models = ['Opteron_G3', 'EPYC'].map((name) => ({ name, blockers: [] }))
    const [g3, epyc] = models.map(({ name }) => x86.models.get(name)!.features)
    const more = [...epyc!].filter((name) => !g3!.has(name))
    const nearest = (missing: number) =>
      nearestModel(x86, { vendor: 'AMD', features: new Set([...epyc!].slice(missing)) }, models)?.model
    expect(more.length).toBeGreaterThan(6)
    expect(nearest(1)).toBe('EPYC')
    const without = new Set([...g3!, ...more.slice(0, Math.ceil(more.length / 2))])
    expect(nearestModel(x86, { vendor: 'AMD', features: without }, models)?.model).toBe('Opteron_G3')
  })

  it('lists removed features that the CPU has and disables blockers', () => {
    const epyc = new Set([...x86.models.get('EPYC')!.features, 'monitor'])
    const offered = [{ name: 'EPYC', blockers: ['xsaves', 'unknown'] }]
    expect(nearestModel(x86, { vendor: 'AMD', features: epyc }, offered)).toMatchObject({
      enable: ['monitor'],
      disable: ['xsaves'],
    })
  })
})
