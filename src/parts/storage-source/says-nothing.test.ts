import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const of = async (source: string) => {
  const disk = `<disk type='network'><driver name='qemu' type='raw'/>${source}<target dev='vda' bus='virtio'/></disk>`
  const { xml, codes } = await guest(disk)
  return codes[0] ?? /<source[^>]*>\s*([\s\S]*?)\s*<\/source>/.exec(xml ?? '')?.[1]?.replace(/\n\s*/g, '')
}
const iscsi = (rest: string) => `<source protocol='iscsi' name='iqn.a/1'><host name='h'/>${rest}</source>`

test.each([
  [iscsi('<initiator/>'), "<host name='h' port='3260'/>"],
  [iscsi("<initiator><iqn name=''/></initiator>"), "<host name='h' port='3260'/>"],
  [iscsi("<timeout seconds='0'/>"), "<host name='h' port='3260'/>"],
  ["<source protocol='https' name='x'><host name='h'/><readahead size='0'/></source>", "<host name='h' port='443'/>"],
  ["<source protocol='nbd' name='x'><host name=''/></source>", "<host name='' port='10809'/>"],
  ["<source protocol='nbd' name='x'><host name='h' port=''/></source>", 'value/invalid'],
])('%s', async (source, printed) => {
  expect(await of(source)).toBe(printed)
})

test('below an image without a type is nothing, whatever else is said', async () => {
  const below = "<backingStore><format type='raw'/><backingStore/></backingStore>"
  const disk = `<disk type='file'><driver name='qemu' type='qcow2'/><source file='/a'/>${below}<target dev='vda' bus='virtio'/></disk>`
  expect((await guest(disk)).xml).toContain('      <backingStore/>\n')
})
