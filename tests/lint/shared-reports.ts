import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { conclude } from '../../src/lint/conclude.ts'
import { inspect } from '../../src/lint/inspect.ts'
import { reporters } from '../../src/lint/reporters/registry.ts'
import { defaultSettings } from '../../src/lint/settings/settings.ts'
import { options } from '../../src/lint/testing.ts'

export const reportFolders = ['real', 'mistakes'] as const

export const reportFile = (folder: string) => new URL(`reports/${folder}.txt`, import.meta.url)

/** The findings about a folder of shared cases: place, level and code, a line each. What they say is tested at the rules. */
export async function reportOf(shared: string, folder: string): Promise<string> {
  const path = join(shared, 'cases', folder)
  const names = readdirSync(path)
    .filter((name) => name.endsWith('.xml'))
    .sort()
  const reporter = reporters.compact({ colour: false, version: '', rule: () => undefined })
  let report = ''
  for (const name of names) {
    const linted = conclude(await inspect(readFileSync(join(path, name)), options(name)), {
      ...defaultSettings,
      rules: [['host/assumed', 'off']],
    })
    const told = reporter.file(linted).replace(/^(\S+: \w+): .* (\[\S+\])$/gm, '$1 $2')
    report += told === '' ? `${name}: nothing\n` : told
  }
  return report
}
