import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const pstore = (children: string) => `<pstore backend='acpi-erst'>${children}</pstore>`
const size = "<size unit='KiB'>8</size>"

test('a file is shared memory of a PCI device', async () => {
  const { xml, options, devices } = await guest(pstore(`<path>/a</path>${size}`), { release: '11.3' })
  expect(xml).toMatch(/<path>\/a<\/path>\s*<size unit='KiB'>8<\/size>\s*<address type='pci'/)
  expect(options('-object').at(-1)).toContain(
    '{"qom-type":"memory-backend-file","id":"mempstore0","mem-path":"/a","size":8192,"share":true}',
  )
  expect(devices(/acpi-erst/)[0]).toContain('"driver":"acpi-erst","id":"pstore0","memdev":"mempstore0","bus":"pci.0"')
})

test('the file is named after the guest where none is given, and sizes count in KiB', async () => {
  const { xml } = await guest(pstore('<path/><size>4</size>'), { release: '12.8' })
  expect(xml).toMatch(/<path>\/var\/lib\/libvirt\/qemu\/nvram\/guest_PSTORE\.raw<\/path>\s*<size unit='KiB'>4</)
})

test('before 10.6 it is ignored', async () => {
  const { xml, warnings } = await guest(pstore(size))
  expect(xml).not.toContain('pstore')
  expect(warnings).toContain('element/newer')
})

test.each([
  [pstore("<size unit='KiB'>12</size>"), 'pstore/size'],
  [pstore("<size unit='KiB'>2</size>"), 'pstore/size'],
  [pstore(size) + pstore(size), 'pstore/several'],
  [pstore(`${size}<address type='usb' bus='0' port='1'/>`), 'pstore/address'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml, { release: '11.3' })).codes).toEqual([code])
})

test('an older QEMU has none', async () => {
  const without = { capabilities: { remove: ['acpi-erst'] } } as const
  expect((await guest(pstore(size), { release: '11.3', ...without })).codes).toEqual(['pstore/unsupported'])
})
