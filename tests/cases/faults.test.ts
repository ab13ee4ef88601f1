import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { argumentText } from '../../src/argv/command-line.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { convert } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'
import { shared, skippedWithoutShared } from '../shared.ts'

const folder = shared && join(shared, 'cases', 'faults')
const files = folder ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : []

async function converted(source: string) {
  const { build } = chooseBuild('x86_64', 'latest')
  if (build === undefined) throw new Error('there is no table')
  return convert(source, { capabilities: await loadBuiltin(build), host: genericHost('x86_64') })
}

describe.skipIf(skippedWithoutShared('inputs that broke an earlier release') || files.length === 0)('faults', () => {
  test.each(files)('%s', async (name) => {
    const { argv, diagnostics, xml } = await converted(readFileSync(join(folder ?? '', name), 'utf8'))
    for (const word of argv?.args.map((it) => argumentText(it)) ?? []) {
      expect(word).not.toMatch(/\b(NaN|undefined)\b/)
      if (word.startsWith('{')) JSON.parse(word)
    }
    for (const { message } of diagnostics) {
      expect(message).not.toMatch(/undefined|\p{Cc}/u)
      expect(message.length).toBeLessThan(1000)
    }
    // libvirt writes line ends and tabs in attributes as they are, so that they are spaces when read again.
    if (xml !== undefined && !/='[^']*[\n\t]/.test(xml)) expect((await converted(xml)).xml).toBe(xml)
  })
})
