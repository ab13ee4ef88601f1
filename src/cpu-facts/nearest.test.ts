import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { loadLibvirtCapabilities } from '../capabilities/load-libvirt.ts'
import { cpuFacts } from './cpu-facts.ts'
import { describeHostCpu, nearestModel } from './nearest.ts'

const goldens = `${shared}/corpus/qemuxmlconfdata`
const pattern = /^cpu-host-model-fallback-kvm\.x86_64-(.*)\.args$/
const versions = shared === undefined ? [] : readdirSync(goldens).flatMap((name) => pattern.exec(name)?.slice(1) ?? [])

describe.skipIf(skippedWithoutShared('host-model of recorded hosts'))('host-model of a recorded host', () => {
  it.each(versions)('%s is the -cpu of the golden', (version) => {
    const facts = cpuFacts('x86_64')!
    const file = `caps_${version === 'latest' ? '9.0.0' : version}_x86_64.xml`
    const table = loadLibvirtCapabilities(readFileSync(`${shared}/corpus/qemucapabilitiesdata/${file}`)).capabilities!
    const cpu = describeHostCpu(facts, table.hostCpu('kvm')!)
    const nearest = nearestModel(facts, cpu, table.cpuModels('kvm'))!
    const word = (name: string, value: string) => `${facts.features.get(name)?.qemu ?? name}=${value}`
    const enable = nearest.enable.map((name) => word(name, 'on'))
    const printed = [nearest.model, ...enable, ...nearest.disable.map((name) => word(name, 'off'))].join(',')
    const golden = readFileSync(`${goldens}/cpu-host-model-fallback-kvm.x86_64-${version}.args`, 'utf8')
    expect(printed).toBe(/-cpu (\S+)/.exec(golden)?.[1])
  })
})
