import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { type Arch, isArch } from '../../src/capabilities/capabilities.ts'
import { convert } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'
import { shared, skippedWithoutShared } from '../shared.ts'

const folder = join(shared ?? '', 'cases')
const realDomains = (): string[] =>
  skippedWithoutShared('domains that people write')
    ? []
    : readdirSync(join(folder, 'real')).map((name) => `real/${name}`)

async function check(text: string) {
  const parsed = parseDomain(text)
  const arch = parsed.definition?.os?.type?.arch
  const guest: Arch = arch !== undefined && isArch(arch) ? arch : 'x86_64'
  const capabilities = await loadBuiltin(chooseBuild(guest).build!)
  return convert(parsed, { capabilities, host: genericHost(guest), purpose: 'check' }).diagnostics
}

/** What is not about the host: a machine of one distribution's own QEMU; how empty values and UUIDs are read. */
const notOfHost = new Set(['os/machine-unsupported', 'value/invalid', 'sysinfo/uuid'])

describe.each(realDomains())('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8')

  test('has no error without a host file, and one note at most', async () => {
    const found = await check(text)
    expect(found.filter(({ severity, code }) => severity === 'error' && !notOfHost.has(code))).toEqual([])
    expect(found.filter(({ severity }) => severity === 'info').length).toBeLessThanOrEqual(1)
  })

  test('still fails with a real mistake in it', async () => {
    const twin = text.replace(/(<memory\b[^>]*>)[^<]*/, '$1a lot')
    expect(twin).not.toBe(text)
    expect((await check(twin)).some(({ severity }) => severity === 'error')).toBe(true)
  })
})
