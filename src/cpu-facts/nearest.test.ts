import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { loadLibvirtCapabilities } from '../capabilities/load-libvirt.ts'
import { Release, type ReleaseName } from '../release/release.ts'
import { cpuFacts } from './cpu-facts.ts'
import { describeHostCpu, nearestModel } from './nearest.ts'

interface RecordedHost {
  readonly release: ReleaseName
  readonly version: string
  readonly folder: string
}

const pattern = /^cpu-host-model-fallback-kvm\.x86_64-(.*)\.args$/

/** The hosts on which a corpus was recorded; `newest` is the table that its goldens call latest. */
function hostsOf(corpus: string, release: ReleaseName): RecordedHost[] {
  if (shared === undefined) return []
  const folder = `${shared}/${corpus}`
  const versions = readdirSync(`${folder}/qemuxmlconfdata`).flatMap((name) => pattern.exec(name)?.slice(1) ?? [])
  return versions.map((version) => ({ release, version, folder }))
}

const newest: { readonly [release: string]: string } = { '10.1': '9.0.0', '11.3': '10.0.0' }
const hosts = [...hostsOf('corpus', '10.1'), ...hostsOf('corpus-11.3', '11.3')]

describe.skipIf(skippedWithoutShared('host-model of recorded hosts'))('host-model of a recorded host', () => {
  it.each(hosts)('libvirt $release, QEMU $version: is the -cpu of the golden', ({ release, version, folder }) => {
    const facts = cpuFacts('x86_64', Release.of(release))!
    const file = `caps_${version === 'latest' ? newest[release] : version}_x86_64.xml`
    const table = loadLibvirtCapabilities(readFileSync(`${folder}/qemucapabilitiesdata/${file}`)).capabilities!
    const cpu = describeHostCpu(facts, table.hostCpu('kvm')!)
    const nearest = nearestModel(facts, cpu, table.cpuModels('kvm'))!
    const word = (name: string, value: string) => `${facts.features.get(name)?.qemu ?? name}=${value}`
    const enable = nearest.enable.map((name) => word(name, 'on'))
    const printed = [nearest.model, ...enable, ...nearest.disable.map((name) => word(name, 'off'))].join(',')
    const golden = readFileSync(`${folder}/qemuxmlconfdata/cpu-host-model-fallback-kvm.x86_64-${version}.args`, 'utf8')
    expect(printed).toBe(/-cpu (\S+)/.exec(golden)?.[1])
  })
})
