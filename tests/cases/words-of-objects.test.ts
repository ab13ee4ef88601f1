import { expect, test } from 'vitest'
import { archOfTarget } from '../../src/capabilities/facts.ts'
import { newer, oneOf } from '../../src/codec/scalar.ts'
import { resourcesFrom } from '../../src/host/resources.ts'
import { inspect } from '../../src/lint/inspect.ts'
import { valueDetail } from '../../src/lsp/documentation.ts'
import { guest } from '../guest.ts'

const q35 = { machine: 'q35', qemu: '10.0.0', release: '11.3' } as const
const words = ['constructor', 'toString', '__proto__', 'hasOwnProperty']

/** A user may call things as JavaScript calls what every object has. */
test.each([
  ['an attribute of a source', (word: string) => `<disk type='file'><source ${word}='x'/><target dev='vda'/></disk>`],
  [
    'the device of a controller',
    (word: string) => `<controller type='pci' model='pcie-root-port'><model name='${word}'/></controller>`,
  ],
  [
    'a model of a card',
    (word: string) => `<interface type='user'><mac address='52:54:00:00:00:01'/><model type='${word}'/></interface>`,
  ],
  ['a path of vDPA', (word: string) => `<interface type='vdpa'><source dev='${word}'/></interface>`],
  [
    'an element of a device',
    (word: string) => `<rng model='virtio'><${word}/><backend model='random'>/dev/urandom</backend></rng>`,
  ],
])('%s', async (_, device) => {
  for (const word of words) {
    const { conversion, xml, lines } = await guest(device(word), q35)
    expect(`${JSON.stringify(conversion.diagnostics)}${xml}${lines.join()}`).not.toMatch(/native code|object Object/)
  }
})

test.each(words)('%s is no target of QEMU, no descriptor of a path, no new word', (word) => {
  expect(archOfTarget(word)).toBeUndefined()
  expect(resourcesFrom({ vdpaByPath: {}, vdpa: 7 }).vdpa(word)).toBe(7)
  expect(valueDetail(newer(oneOf('a', 'b'), { b: '11.3' }), word)).toBeUndefined()
})

test('nor is it a directive', async () => {
  const text = '<domain><!-- domxml-constructor x --></domain>'
  const { findings } = await inspect(text, { name: 'a.xml', target: async () => 'none' })
  expect(JSON.stringify(findings)).toContain('domxml-constructor is no word')
})
