import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

// Each line as libvirt 11.3 and 12.8 answered it.
const group = (name: string, limits = '<total_bytes_sec>1000</total_bytes_sec>') =>
  `<throttlegroup>${limits}<group_name>${name}</group_name></throttlegroup>`
const options = (...groups: string[]): GuestOptions => ({
  release: '12.8',
  machine: 'q35',
  sections: `<throttlegroups>${groups.join('')}</throttlegroups>`,
})
const filters = (...names: string[]) =>
  `<throttlefilters>${names.map((name) => `<throttlefilter group='${name}'/>`).join('')}</throttlefilters>`
const disk = (rest: string, driver = '', device = 'disk', target = "dev='vda' bus='virtio'") =>
  `<disk type='file' device='${device}'><driver name='qemu' type='qcow2' ${driver}/><source file='/a'/><target ${target}/>${rest}</disk>`

describe('throttle groups', () => {
  test('are objects with all limits, in the order of the list', async () => {
    const burst =
      '<read_iops_sec>3</read_iops_sec><read_iops_sec_max>7</read_iops_sec_max><size_iops_sec>9</size_iops_sec><read_iops_sec_max_length>12</read_iops_sec_max_length>'
    const { options: printed, xml } = await guest('', options(group('a'), group('b', burst)))
    const objects = printed('-object').filter((line) => line.includes('throttle'))
    expect(objects).toEqual([
      '-object {"qom-type":"throttle-group","id":"throttle-a","limits":{"bps-total":1000,"bps-read":0,"bps-write":0,"iops-total":0,"iops-read":0,"iops-write":0,"bps-total-max":0,"bps-read-max":0,"bps-write-max":0,"iops-total-max":0,"iops-read-max":0,"iops-write-max":0,"iops-size":0}}',
      '-object {"qom-type":"throttle-group","id":"throttle-b","limits":{"bps-total":0,"bps-read":0,"bps-write":0,"iops-total":0,"iops-read":3,"iops-write":0,"bps-total-max":0,"bps-read-max":0,"bps-write-max":0,"iops-total-max":0,"iops-read-max":7,"iops-write-max":0,"iops-size":9,"iops-read-max-length":12}}',
    ])
    expect(xml).toContain('<total_bytes_sec>1000</total_bytes_sec>\n      <group_name>a</group_name>')
  })

  test('filters stand above the image one after another, numbered after it', async () => {
    const { options: printed, devices } = await guest(disk(filters('b', 'a')), options(group('a'), group('b')))
    expect(printed('-blockdev').slice(-2)).toEqual([
      '-blockdev {"driver":"throttle","node-name":"libvirt-2-filter","throttle-group":"throttle-b","file":"libvirt-1-format","discard":"unmap"}',
      '-blockdev {"driver":"throttle","node-name":"libvirt-3-filter","throttle-group":"throttle-a","file":"libvirt-2-filter","discard":"unmap"}',
    ])
    expect(devices(/virtio-blk/)[0]).toContain('"drive":"libvirt-3-filter"')
  })

  test('and above what copies on read; 11.3 tells them nothing of discards', async () => {
    const older = { ...options(group('a')), release: '11.3' } as const
    const { options: printed } = await guest(disk(filters('a'), "copy_on_read='on'"), older)
    expect(printed('-blockdev').at(-1)).toBe(
      '-blockdev {"driver":"throttle","node-name":"libvirt-2-filter","throttle-group":"throttle-a","file":"libvirt-CoR-vda"}',
    )
  })

  test('a group that limits nothing is no object', async () => {
    const { options: printed, codes } = await guest(disk(filters('a')), options(group('a', '')))
    expect(codes).toEqual([])
    expect(printed('-object').join()).not.toContain('throttle')
  })

  test('a release before 11.2 ignores groups and filters', async () => {
    const { lines, warnings } = await guest(disk(filters('a')), { ...options(group('a')), release: '10.1' })
    expect(lines.join()).not.toContain('throttle')
    expect(warnings).toEqual(['element/newer', 'element/newer'])
  })

  const total = '<total_iops_sec>1</total_iops_sec><read_iops_sec>1</read_iops_sec>'
  test.each([
    ['throttlegroups/without-name', '', options('<throttlegroup/>')],
    ['throttlegroups/duplicate-name', '', options(group('a'), group('a'))],
    ['throttlegroups/total', '', options(group('a', total))],
    ['disk/throttle-group-unknown', disk(filters('x')), options(group('a'))],
    ['disk/throttle-filter-doubled', disk(filters('a', 'a')), options(group('a'))],
    ['disk/throttle-cdrom', disk(filters('a'), '', 'cdrom', "dev='sda' bus='sata'"), options(group('a'))],
    [
      'disk/throttle-and-iotune',
      disk(`${filters('a')}<iotune><total_bytes_sec>5</total_bytes_sec></iotune>`),
      options(group('a')),
    ],
  ])('%s', async (code, devices, guestOptions) => {
    expect((await guest(devices, guestOptions)).codes).toEqual([code])
  })
})
