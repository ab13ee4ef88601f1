import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Targets } from '../../src/cli/lint/targets.ts'
import { inspect } from '../../src/lint/inspect.ts'
import { shared, skippedWithoutShared } from '../shared.ts'

const folder = join(shared ?? '', 'cases')
const realDomains = (): string[] =>
  skippedWithoutShared('domains that people write')
    ? []
    : readdirSync(join(folder, 'real')).map((name) => `real/${name}`)

/** As `domxml validate` does it, with nothing said of libvirt, QEMU and the host. */
async function check(text: string) {
  return (await inspect(text, { name: 'domain.xml', target: new Targets().for({}) })).findings
}

/**
 * What is right to say: machine types that only a distribution's own QEMU has, and a BIOS on a serial port that is not there
 * (oracle: 11.3 refuses it).
 */
const errors: { readonly [file: string]: readonly string[] } = {
  'real/07-ovirt.xml': ['os/machine-unsupported', 'os/bios-without-serial'],
  'real/25-cockpit.xml': ['os/machine-unsupported'],
}

/** One real mistake each, in a section, in a value and among the devices. */
const mistakes: readonly (readonly [what: string, twin: (text: string) => string, code: string])[] = [
  ['a size that is none', (text) => text.replace(/(<memory\b[^>]*>)[^<]*/, '$1a lot'), 'value/invalid'],
  ['a type that is none', (text) => text.replace(/(<domain\b[^>]*?type=.)\w+/, '$1xvm'), 'value/invalid'],
  ['an alias given twice', (text) => text.replace('</devices>', `${twice}${twice}</devices>`), 'device/alias-twice'],
]
const twice = "<rng model='virtio'><backend model='random'>/dev/urandom</backend><alias name='ua-twice'/></rng>"

describe.each(realDomains())('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8')

  test('has no error without a host file, and one note at most', async () => {
    const found = await check(text)
    expect(found.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(errors[file] ?? [])
    expect(found.filter(({ severity }) => severity === 'info').length).toBeLessThanOrEqual(1)
  })

  test.each(mistakes)('still fails with %s', async (_, twin, code) => {
    expect(twin(text)).not.toBe(text)
    const codes = (await check(twin(text))).filter(({ severity }) => severity === 'error').map((it) => it.code)
    expect(codes).toContain(code)
  })
})
