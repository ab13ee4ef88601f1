import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import type { ReleaseName } from '../../release/release.ts'

/** Each as libvirt 11.3 and 12.8 answered it, of a guest of four CPUs under KVM. */

const cache = "<cache id='0' level='3' type='both' size='3' unit='MiB'/>"
const node = "<node id='0' bandwidth='20'/>"

async function tuned(tuning: string, release: ReleaseName = '12.8', type: 'kvm' | 'qemu' = 'kvm') {
  const { xml, codes, warnings } = await guest('', {
    sections: `<vcpu>4</vcpu><cputune>${tuning}</cputune>`,
    release,
    type,
    qemu: '9.0.0',
  })
  const shown = /<cputune>[\s\S]*<\/cputune>/.exec(xml ?? '')?.[0].replace(/\n\s*/g, '')
  return { codes, warnings, shown: shown?.replace(/<\/?cputune>/g, '') }
}

describe('a group', () => {
  test('needs KVM', async () => {
    expect((await tuned(`<cachetune vcpus='0'>${cache}</cachetune>`, '12.8', 'qemu')).codes).toEqual([
      'cputune/resctrl-without-kvm',
    ])
  })

  test.each([
    "<cachetune vcpus='0-1'/>",
    "<memorytune vcpus='0-1'/>",
    "<energytune vcpus='0-1'/>",
    `<cachetune vcpus='9'>${cache}</cachetune>`,
  ])('%s says nothing, and goes', async (tuning) => {
    expect(await tuned(tuning, '12.8', 'qemu')).toEqual({ codes: [], warnings: [], shown: undefined })
  })

  test('is of CPUs that the guest can have', async () => {
    const { shown } = await tuned("<cachetune vcpus='3-9'><monitor level='3' vcpus='3-9'/></cachetune>")
    expect(shown).toBe("<cachetune vcpus='3'><monitor level='3' vcpus='3'/></cachetune>")
  })

  test('names its CPUs before 12.8', async () => {
    for (const tuning of [
      '<cachetune/>',
      `<memorytune>${node}</memorytune>`,
      "<memorytune vcpus='0'><monitor/></memorytune>",
    ]) {
      expect((await tuned(tuning, '11.3')).codes).toEqual(['cputune/group-without-cpus'])
      expect((await tuned(tuning)).codes).toEqual([])
    }
  })

  test('of energy is of 12.4', async () => {
    const { shown, warnings } = await tuned("<energytune vcpus='0'><monitor vcpus='0'/></energytune>", '11.3')
    expect({ shown, warnings }).toEqual({ shown: undefined, warnings: ['element/newer'] })
  })
})

test('parts of caches are sorted by level, kind and number, sizes shown in their largest unit', async () => {
  const part = (level: number, type: string, id: number, size: string) =>
    `<cache id='${id}' level='${level}' type='${type}' ${size}/>`
  const given = [
    part(3, 'data', 1, "size='5120'"),
    part(3, 'both', 0, "size='0'"),
    part(3, 'code', 2, "size='1025' unit='B'"),
    part(2, 'both', 9, "size='8' unit='EiB'"),
    part(3, 'code', 1, "size='1536' unit=''"),
  ]
  const { shown, codes } = await tuned(`<cachetune vcpus='0' id='x'>${given.join('')}</cachetune>`)
  expect(codes).toEqual([])
  expect(shown).toBe(
    `<cachetune vcpus='0'>${part(2, 'both', 9, "size='8192' unit='PiB'")}${part(3, 'both', 0, "size='0' unit='B'")}${part(3, 'code', 1, "size='1536' unit='KiB'")}${part(3, 'code', 2, "size='1025' unit='B'")}${part(3, 'data', 1, "size='5' unit='MiB'")}</cachetune>`,
  )
})

test('groups stand in the order in which their sets of CPUs came up, caches first', async () => {
  const energy = (vcpus: string) => `<energytune vcpus='${vcpus}'><monitor/></energytune>`
  const { shown, codes } = await tuned(
    `<cachetune vcpus='3'>${cache}</cachetune>${energy('1')}<memorytune vcpus='2'>${node}</memorytune>${energy('2')}`,
  )
  expect(codes).toEqual([])
  expect(shown?.match(/\w+ vcpus='\d'/g)).toEqual([
    "cachetune vcpus='3'",
    "memorytune vcpus='2'",
    "energytune vcpus='2'",
    "monitor vcpus='2'",
    "energytune vcpus='1'",
    "monitor vcpus='1'",
  ])
})

test('two of one set are one', async () => {
  const { shown } = await tuned(
    `<memorytune vcpus='0-1'><node id='1' bandwidth='5'/></memorytune><memorytune vcpus='0-1'>${node}</memorytune>
    <energytune vcpus='0-1'><monitor vcpus='0'/></energytune><energytune vcpus='0-1'><monitor vcpus='1'/></energytune>`,
  )
  expect(shown).toBe(
    `<memorytune vcpus='0-1'>${node}<node id='1' bandwidth='5'/></memorytune><energytune vcpus='0-1'><monitor vcpus='0'/><monitor vcpus='1'/></energytune>`,
  )
})

const monitor = (vcpus: string) => `<monitor level='3' vcpus='${vcpus}'/>`
const energy = (...vcpus: string[]) => vcpus.map((it) => `<monitor vcpus='${it}'/>`).join('')
const c = (vcpus: string, inside = cache) => `<cachetune vcpus='${vcpus}'>${inside}</cachetune>`
const m = (vcpus: string, inside = node) => `<memorytune vcpus='${vcpus}'>${inside}</memorytune>`
const e = (vcpus: string, inside: string) => `<energytune vcpus='${vcpus}'>${inside}</energytune>`

test.each([
  ['sets that overlap', `${c('0-1')}${m('1-2')}`, 'cputune/groups-overlap'],
  ['sets that are equal', `${c('0-1')}${m('0-1')}`, undefined],
  ['caches of one set', c('0-1') + c('0-1'), 'cputune/group-twice'],
  ['caches of one set, one empty', `${c('0-1')}<cachetune vcpus='0-1'/>`, 'cputune/group-twice'],
  ['one cache twice', c('0', cache + cache.replace('both', 'data')), 'cputune/group-twice'],
  ['one cache for code and data', c('0', ['code', 'data'].map((it) => cache.replace('both', it)).join('')), undefined],
  ['a node twice', m('0', node + node), 'cputune/group-twice'],
  ['a monitor of another level', c('0', "<monitor level='2' vcpus='0'/>"), 'cputune/monitor-level'],
  ['a monitor outside', c('0', monitor('1')), 'cputune/monitor-outside'],
  ['a monitor of no CPU', c('0-9', monitor('9')), 'cputune/monitor-outside'],
  ['a monitor twice', c('0-1', monitor('0') + monitor('0')), 'cputune/group-twice'],
  ['monitors of two kinds', c('0-1', monitor('0')) + e('0-1', energy('0')), undefined],
  ['monitors that overlap', c('0-3', monitor('0-1') + monitor('1-2')), 'cputune/monitors-overlap'],
  [
    'monitors of two kinds that overlap',
    c('0-3', monitor('0-1')) + e('0-3', energy('1-2')),
    'cputune/monitors-overlap',
  ],
  [
    'one of the whole group, with nothing shared out',
    c('0-1', monitor('0-1') + monitor('0')),
    'cputune/monitors-overlap',
  ],
  ['one of the whole group', c('0-1', cache + monitor('0-1') + monitor('0')), undefined],
  ['one of the whole group, by its memory', e('0-1', energy('0-1', '0')) + m('0-1'), undefined],
  ['the whole process and CPUs', `<cachetune>${cache}</cachetune>${m('0')}`, 'cputune/whole-process-mixed'],
  [
    'monitors of the whole process and CPUs',
    `<energytune>${energy('0')}<monitor/></energytune>`,
    'cputune/whole-process-mixed',
  ],
  ['monitors of the whole process twice', '<energytune><monitor/><monitor/></energytune>', 'cputune/group-twice'],
  ['monitors of CPUs in the whole process', `<cachetune>${monitor('0')}${monitor('1')}</cachetune>`, undefined],
])('%s', async (_, tuning, code) => {
  expect((await tuned(tuning)).codes).toEqual(code === undefined ? [] : [code])
})

test('schedulers of the emulator print before those of CPUs', async () => {
  const { shown } = await tuned("<vcpusched vcpus='0' scheduler='batch'/><emulatorsched scheduler='idle'/>")
  expect(shown).toBe("<emulatorsched scheduler='idle'/><vcpusched vcpus='0' scheduler='batch'/>")
})
