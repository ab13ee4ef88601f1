import { expect, test } from 'vitest'
import type { HostCpu } from '../capabilities/capabilities.ts'
import { cpuFacts } from './cpu-facts.ts'
import { recordedCpu } from './recorded.ts'

const facts = cpuFacts('x86_64')!

/** A host CPU that counts how often its properties are looked through. */
function counting(): { readonly host: HostCpu; readonly looks: () => number } {
  let looks = 0
  const properties: HostCpu['properties'] = [
    { name: 'vendor', type: 'string', value: 'GenuineIntel', migratable: true },
    { name: 'sse2', type: 'boolean', value: true, migratable: true },
    { name: 'invtsc', type: 'boolean', value: true, migratable: false },
  ]
  const host: HostCpu = {
    model: 'base',
    migratability: true,
    get properties() {
      looks++
      return properties
    },
  }
  return { host, looks: () => looks }
}

test('a guest is given what migrates, a comparison sees all', () => {
  const { given, whole } = recordedCpu(facts, counting().host)
  expect([...given.features]).toEqual(['sse2'])
  expect([...whole.features]).toEqual(['sse2', 'invtsc'])
})

test('a CPU is described once, however often it is asked for', () => {
  const { host, looks } = counting()
  recordedCpu(facts, host)
  const first = looks()
  for (let i = 0; i < 100; i++) recordedCpu(facts, host)
  expect(looks()).toBe(first)
})

test('the nearest model is looked for once among the same candidates', () => {
  let walks = 0
  const candidates = new Proxy([{ name: 'qemu64', blockers: [] }], {
    get: (list, key, receiver) => {
      if (key === Symbol.iterator) walks++
      return Reflect.get(list, key, receiver)
    },
  })
  const cpu = recordedCpu(facts, counting().host)
  const first = cpu.nearest(candidates)
  expect(cpu.nearest(candidates)).toBe(first)
  expect(walks).toBe(1)
})
