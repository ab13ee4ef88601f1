import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('what is not said', async () => {
  const { xml, devices } = await guest(
    "<rng model='virtio'><rate period='5'/><backend model='random'/></rng>" +
      "<rng model='virtio-transitional'><rate bytes='9'/><backend model='builtin'>x</backend></rng>",
    { machine: 'q35' },
  )
  expect(xml).toContain("<backend model='random'>/dev/random</backend>")
  expect(xml).toContain("<backend model='builtin'/>")
  expect(xml).not.toContain('period')
  expect(devices(/rng1/)[0]).toMatch(/"virtio-rng-pci-transitional".*"max-bytes":9,"period":1000/)
})

test.each([
  ["<rng model='virtio'/>", 'rng/missing-backend'],
  ["<rng model='virtio'><backend model='egd'/></rng>", 'rng/egd-without-type'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test('a backend that QEMU has not', async () => {
  const { codes } = await guest("<rng model='virtio'><backend model='builtin'/></rng>", {
    capabilities: { remove: ['rng-builtin'] },
  })
  expect(codes).toEqual(['rng/backend-unsupported'])
})

test('a backend of model egd has an end tag of its own, also where its way has no source', async () => {
  const { xml } = await guest("<rng model='virtio'><backend model='egd' type='pty'/></rng>", { machine: 'q35' })
  expect(xml).toMatch(/<backend model='egd' type='pty'>\n +<\/backend>/)
})

test('blanks around the name of a device are part of it, and warned of', async () => {
  const { xml, warnings, options } = await guest("<rng model='virtio'><backend model='random'> /dev/x </backend></rng>")
  expect(warnings).toEqual(['rng/blanks'])
  expect(xml).toContain("<backend model='random'> /dev/x </backend>")
  expect(options('-object').join()).toContain('"filename":" /dev/x "')
})

test.each(["\n  <source mode='connect' host='a' service='1'/>\n", '\n<!-- of the host -->\n'])(
  'blanks around what is no text are layout: %j',
  async (content) => {
    const { xml, warnings } = await guest(`<rng model='virtio'><backend model='random'>${content}</backend></rng>`)
    expect(warnings).not.toContain('rng/blanks')
    expect(xml).toContain("<backend model='random'>/dev/random</backend>")
  },
)
