import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { outputsOf } from '../secrets/outputs.ts'
import { shared, skippedWithoutShared } from '../shared.ts'

const folder = shared && join(shared, 'cases', 'faults')
const files = (folder ? readdirSync(folder) : []).filter((name) => name.endsWith('.xml'))

/** What hands on the words of a document as they are. */
const verbatim = /^(?:format|argv) --redact(?: --format lines)?$/

describe.skipIf(skippedWithoutShared('all outputs of inputs that broke an earlier release') || files.length === 0)(
  'faults',
  () => {
    test.each(files)('%s in every output', async (name) => {
      const text = readFileSync(join(folder ?? '', name), 'utf8')
      for (const [output, shown] of await outputsOf(text)) {
        if (!verbatim.test(output)) expect(shown.replaceAll('\n', ''), output).not.toMatch(/\p{Cc}/u)
        if (!/NaN|undefined/.test(text)) expect(shown, output).not.toMatch(/\b(?:NaN|undefined)\b/)
      }
    })
  },
)
