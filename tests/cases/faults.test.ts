import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { argumentText } from '../../src/argv/command-line.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { convert } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'
import { capabilitiesFault, hostFault } from '../fuzz/json-oracles.ts'
import { shared, skippedWithoutShared } from '../shared.ts'

const folder = shared && join(shared, 'cases', 'faults')
const names = folder ? readdirSync(folder) : []
const files = names.filter((name) => name.endsWith('.xml'))

/** Host and capability files: what was wrong stands in the first line, the file behind it. The others keep a piece of a report alone. */
const jsonFiles = names
  .filter((name) => name.startsWith('json-'))
  .flatMap((name): [string, string][] => {
    const [what = '', ...lines] = readFileSync(join(folder ?? '', name), 'utf8').split('\n')
    const file = lines.join('\n').trim()
    return file.startsWith('{') ? [[`${name}: ${what}`, file]] : []
  })

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

  test.each(jsonFiles)('%s', async (_what, file) => {
    const { build } = chooseBuild('x86_64', 'latest')
    const options = { capabilities: await loadBuiltin(build!), host: genericHost('x86_64') }
    const guests = files
      .map((name) => ({ source: readFileSync(join(folder ?? '', name), 'utf8'), options }))
      .slice(0, 8)
    expect(hostFault(file, guests)).toBeUndefined()
    expect(capabilitiesFault(file, guests)).toBeUndefined()
  })
})
