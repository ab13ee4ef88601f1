import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { type Arch, isArch } from '../../src/capabilities/capabilities.ts'
import { convert } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'
import { Release } from '../../src/release/release.ts'
import { shared, skippedWithoutShared } from '../shared.ts'

interface Case {
  readonly input: string
  readonly kind: string
  readonly expect: 'accepted' | 'warned' | 'refused' | 'refused at start'
  readonly options?: readonly string[]
}

const folder = shared && join(shared, 'cases')
const cases: readonly Case[] = folder ? JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) : []

/** How libvirt 10.1 answers: `warned` is accepted with a finding. */
async function answer({ input, kind, options = [] }: Case): Promise<Case['expect']> {
  const text = readFileSync(join(folder ?? '', input), 'utf8')
  const release = Release.of('10.1')
  // What only its machine knows of a guest is no fault of the guest.
  const purpose = kind === 'generic-host' ? 'check' : 'start'
  const named = parseDomain(text, { release }).definition?.os?.type?.arch
  const arch: Arch = named !== undefined && isArch(named) ? named : 'x86_64'
  const { build } = chooseBuild(arch, options[0] === '--qemu' ? options[1] : 'latest')
  if (build === undefined) throw new Error('there is no table')
  const capabilities = await loadBuiltin(build)
  const { diagnostics } = convert(text, { capabilities, host: genericHost(arch), release, abiUpdate: true, purpose })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.some(({ when = 'define' }) => when === 'define')) return 'refused'
  if (errors.length > 0) return 'refused at start'
  return diagnostics.some(({ severity }) => severity === 'warning') ? 'warned' : 'accepted'
}

describe.skipIf(skippedWithoutShared('what people write') || cases.length === 0)('cases', () => {
  test.each(cases)('$input is $expect', async (one) => {
    const got = await answer(one)
    const right = got === one.expect || (one.expect === 'accepted' && got === 'warned')
    expect(got).toBe(right ? got : one.expect)
  })
})
