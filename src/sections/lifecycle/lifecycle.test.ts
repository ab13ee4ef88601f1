import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('sleep states are properties of the chipset', async () => {
  const sections = "<pm><suspend-to-disk enabled='yes'/><suspend-to-mem enabled='no'/></pm>"
  expect((await guest('', { sections })).options('-global')).toEqual([
    '-global PIIX4_PM.disable_s3=1',
    '-global PIIX4_PM.disable_s4=0',
  ])
  const q35 = await guest('', { sections, machine: 'q35' })
  expect(q35.options('-global').slice(0, 2)).toEqual(['-global ICH9-LPC.disable_s3=1', '-global ICH9-LPC.disable_s4=0'])
})

test('only PCs have sleep states that can be set', async () => {
  const of = (enabled: string, board = {}) => guest('', { sections: `<pm><suspend-to-mem${enabled}/></pm>`, ...board })
  const server = { arch: 'ppc64', machine: 'pseries' } as const
  const refused = await of(" enabled='no'", server)
  expect([refused.codes, refused.xml]).toEqual([['pm/unsupported'], undefined])
  expect((await of('', server)).codes).toEqual([])
  expect((await of(" enabled='no'")).options('-global')).toEqual(['-global PIIX4_PM.disable_s3=1'])
  expect((await of('')).options('-global')).toEqual([])
})

test('what libvirt alone cares for is kept', async () => {
  const sections = `<perf><event name='cmt' enabled='yes'/></perf><on_lockfailure>pause</on_lockfailure>
    <resource><fibrechannel appid='abc'/><partition>/machine</partition></resource>
    <idmap><gid start='0' target='1000' count='10'/><uid start='0' target='1000' count='10'/></idmap>`
  const { xml } = await guest('', { sections })
  expect(xml).toContain("<on_lockfailure>pause</on_lockfailure>\n  <perf>\n    <event name='cmt' enabled='yes'/>")
  expect(xml).toMatch(/<partition>\/machine<\/partition>\n {4}<fibrechannel appid='abc'\/>/)
  expect(xml).toMatch(/<uid start='0' target='1000' count='10'\/>\n {4}<gid /)
})

test.each([
  ['<on_poweroff>restart</on_poweroff><on_reboot>destroy</on_reboot>', 'lifecycle/actions-crossed'],
  ['<on_crash>rename-restart</on_crash>', 'lifecycle/action-unsupported'],
  ['<on_reboot>explode</on_reboot>', 'lifecycle/action'],
])('refused: %s', async (sections, code) => {
  expect((await guest('', { sections })).codes).toEqual([code])
})

test.each([
  ['<on_reboot>preserve</on_reboot>', ['lifecycle/action-unsupported']],
  ['<on_poweroff>preserve</on_poweroff>', ['lifecycle/action-unsupported']],
  ['<on_crash>preserve</on_crash>', []],
])('what is kept: %s', async (sections, codes) => {
  expect((await guest('', { sections })).codes).toEqual(codes)
})
