import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const network = (attributes: string, inner = '') =>
  `<disk type='network'><source ${attributes}><host name='b'/>${inner}</source><target dev='vda' bus='virtio'/></disk>`
const file = (inner: string) =>
  `<disk type='file'><source file='/a'>${inner}</source><target dev='vda' bus='virtio'/></disk>`

test.each([
  [network("protocol='rbd' name='a'"), 'source/rbd-name'],
  [network("protocol='https' name='a' tlsHostname='x'"), 'source/tls-hostname'],
  [network("protocol='ssh' name='a'", "<identity username='a'/>"), 'source/ssh-identity'],
  ["<disk type='volume'><source volume='a'/><target dev='vda'/></disk>", 'source/volume-without-pool'],
  [file("<encryption format='default'><secret type='passphrase' usage='a'/></encryption>"), 'source/old-encryption'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml)).codes).toContain(code)
})

test.each([
  network("protocol='nbd' name='a'", '<reconnect/>'),
  network("protocol='nbd' name='a'", "<reconnect enabled='yes' timeout='4'/>"),
  network("protocol='https' name='a'", '<cookies/>'),
  network("protocol='nbd' name='a'", "<ssl verify='no'/>"),
  network("protocol='nbd' name='a'", "<knownHosts path='/a'/>"),
  file('<slices/>'),
])('%s: what says nothing of its source is forgotten', async (xml) => {
  const { xml: printed } = await guest(xml)
  expect(printed).toContain('<source')
  expect(printed).not.toMatch(/<(reconnect|cookies|ssl|knownHosts|slices)/)
})

test('cookies without a name are told as that alone', async () => {
  const nameless = '<cookies><cookie>a</cookie><cookie>b</cookie></cookies>'
  const { codes } = await guest(network("protocol='https' name='a'", nameless))
  expect(codes).toEqual(['attribute/missing', 'attribute/missing'])
})

test("the name in a server's certificate is told without TLS, too", async () => {
  const { options } = await guest(network("protocol='nbd' name='a' tlsHostname='x'"), { qemu: '11.1.0' })
  expect(options('-blockdev')[0]).toContain('"export":"a","tls-hostname":"x"')
})
