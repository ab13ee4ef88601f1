import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('an address is given, or libvirt chooses one from 3 on', async () => {
  const { xml, devices } = await guest('<vsock/>')
  expect(xml).toMatch(/<vsock model='virtio'>\s*<cid auto='yes'\/>/)
  expect(devices(/vsock/)[0]).toMatch(/"driver":"vhost-vsock-pci","id":"vsock0","guest-cid":3,"bus"/)
  const given = await guest("<vsock><cid address='5'/></vsock>")
  expect(given.xml).toContain("<cid auto='no' address='5'/>")
})

test.each([
  ["<vsock><cid address='2'/></vsock>", 'vsock/cid'],
  ["<vsock><cid auto='no'/></vsock>", 'vsock/missing-cid'],
  ['<vsock/><vsock/>', 'vsock/several'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})
