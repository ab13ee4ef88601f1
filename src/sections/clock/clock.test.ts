import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const clock = { unixTime: 1_000_000_000, utcOffsetSeconds: 3600 }
const of = async (xml: string, more = {}) => guest('', { sections: xml, host: { clock }, ...more })

test('of timers that stand twice: hpet is told twice, of rtc the first counts', async () => {
  const of = async (timers: string) => (await guest('', { sections: `<clock>${timers}</clock>` })).lines.join(' ')
  expect(await of("<timer name='hpet' present='no'/><timer name='hpet' present='yes'/>")).toContain(
    ',hpet=off,hpet=on,',
  )
  const [delay, catchup] = ['delay', 'catchup'].map((it) => `<timer name='rtc' tickpolicy='${it}'/>`)
  expect(await of(`${catchup}${delay}`)).toContain('-rtc base=utc,driftfix=slew')
  expect(await of(`${delay}${catchup}`)).not.toContain('driftfix')
})

test('only PCs have an hpet', async () => {
  const board = { arch: 'aarch64', machine: 'virt' } as const
  const of = (present: string) =>
    guest('', { sections: `<clock><timer name='hpet' present='${present}'/></clock>`, ...board })
  expect((await of('no')).options('-no-hpet')).toEqual([])
  expect((await of('yes')).codes).toEqual(['clock/timer-unsupported'])
})

test.each([
  [
    "<clock offset='utc' adjustment='55'/>",
    "<clock offset='variable' adjustment='55' basis='utc'/>",
    '2001-09-09T01:47:35',
  ],
  ["<clock offset='variable' basis='localtime'/>", "adjustment='0' basis='localtime'", '2001-09-09T02:46:40'],
  ["<clock offset='variable' adjustment='-40'/>", "adjustment='-40' basis='utc'", '2001-09-09T01:46:00'],
  ["<clock offset='localtime' adjustment='reset'/>", "<clock offset='localtime' adjustment='reset'/>", 'localtime'],
  ["<clock offset='absolute' start='0'/>", "<clock offset='absolute' start='0'/>", '1970-01-01T00:00:00'],
])('%s', async (xml, printed, base) => {
  const { options, xml: complete } = await of(xml)
  expect(complete).toContain(printed)
  expect(options('-rtc')).toEqual([`-rtc base=${base}`])
})

test('a time zone goes into the environment', async () => {
  const { environment, options } = await of("<clock offset='timezone' timezone='Europe/Paris'/>")
  expect(environment.TZ).toBe('Europe/Paris')
  expect(options('-rtc')).toEqual(['-rtc base=localtime'])
})

test('what the rtc follows and how it catches up', async () => {
  const xml = "<clock><timer name='rtc' track='wall' tickpolicy='catchup'/></clock>"
  expect((await of(xml)).options('-rtc')).toEqual(['-rtc base=utc,clock=host,driftfix=slew'])
})

test('of several rtc timers the first counts that says something', async () => {
  const timers = "<timer name='rtc' track='wall'/><timer name='rtc' track='guest' tickpolicy='catchup'/>"
  const { options } = await of(`<clock>${timers}<timer name='rtc' tickpolicy='catchup'/></clock>`)
  expect(options('-rtc')).toEqual(['-rtc base=utc,clock=host,driftfix=slew'])
})

test.each([
  ["<clock offset='absolute' start='253402300799'/>", []],
  ["<clock offset='absolute' start='253402300800'/>", ['clock/start-too-late']],
  ["<clock offset='variable' adjustment='9000000000000000000'/>", ['clock/adjustment-range']],
  ["<clock offset='variable' adjustment='-1000000001'/>", ['clock/adjustment-range']],
])('a clock starts between 1970 and 9999: %s', async (xml, codes) => {
  expect((await of(xml)).codes).toEqual(codes)
})

test('timers of the processor', async () => {
  const xml = `<clock><timer name='tsc' frequency='2000000000'/><timer name='kvmclock' present='no'/>
    <timer name='hypervclock' present='yes'/></clock>`
  expect((await of(xml)).options('-cpu')).toEqual(['-cpu qemu64,tsc-frequency=2000000000,kvmclock=off,hv-time=on'])
})

test('hpet: a property of the machine, or an option of an old QEMU', async () => {
  const xml = "<clock><timer name='hpet' present='no'/></clock>"
  const later = await of(xml)
  expect(later.options('-machine')[0]).toContain(',hpet=off')
  expect(later.options('-no-hpet')).toEqual([])
  const old = await of(xml, { capabilities: { remove: ['machine-hpet'] } })
  expect(old.options('-machine')[0]).not.toContain('hpet')
  expect(old.options('-no-hpet')).toEqual(['-no-hpet'])
})

test.each([
  ["<clock offset='timezone'/>", 'clock/missing-timezone'],
  ["<clock offset='absolute'/>", 'clock/missing-start'],
  ["<clock offset='variable' adjustment='reset'/>", 'clock/adjustment'],
  ["<clock><timer name='platform'/></clock>", 'clock/timer-unsupported'],
  ["<clock><timer name='rtc' tickpolicy='merge'/></clock>", 'clock/tickpolicy-unsupported'],
  ["<clock><timer name='rtc' track='boot'/></clock>", 'clock/rtc-track'],
  ["<clock><timer name='hpet' track='guest'/></clock>", 'clock/timer-attribute'],
  ["<clock><timer name='armvtimer'/></clock>", 'clock/timer-unsupported'],
])('refused: %s', async (xml, code) => {
  expect((await of(xml)).codes).toEqual([code])
})

test('a time zone is kept with the offset that asks for one, and forgotten with any other', async () => {
  const shown = async (offset: string) => /<clock[^>]*>/.exec((await of(`<clock ${offset}/>`)).xml ?? '')?.[0]
  expect(await shown("offset='timezone' timezone='Europe/Paris'")).toContain("timezone='Europe/Paris'")
  expect(await shown("offset='utc' timezone='Europe/Paris'")).not.toContain('timezone=')
})

test('what PCs alone have is refused elsewhere where it is on', async () => {
  const arm = { arch: 'aarch64', machine: 'virt' }
  const timer = (present: string) => `<clock><timer name='hpet' present='${present}'/></clock>`
  expect((await of(timer('yes'), arm)).codes).toEqual(['clock/timer-unsupported'])
  expect((await of(timer('no'), arm)).codes).toEqual([])
  expect((await of(timer('yes'))).codes).toEqual([])
})

test.each(['kvmclock', 'hypervclock'])(
  '%s never misses a tick: it has no policy (libvirt 11.3 and 12.8 asked)',
  async (name) => {
    const timer = `<clock><timer name='${name}' present='no' tickpolicy='delay'/></clock>`
    expect((await of(timer)).codes).toEqual(['clock/timer-attribute'])
  },
)
