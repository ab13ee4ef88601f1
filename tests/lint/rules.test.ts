import { describe, expect, test } from 'vitest'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { documentOf, type RuleExample, type RulePages } from '../../src/diagnostic/rule-page.ts'
import { genericHost } from '../../src/host/generic.ts'
import { conclude } from '../../src/lint/conclude.ts'
import { inspect } from '../../src/lint/inspect.ts'
import { examples as made } from '../../src/lint/rules/examples.gen.ts'
import { pages as all } from '../../src/lint/rules/pages.gen.ts'
import { defaultSettings } from '../../src/lint/settings/settings.ts'
import { chooseRelease } from '../../src/release/choose.ts'

const pages: RulePages = all

async function findings({ options = {}, ...example }: RuleExample, text: string) {
  const { release } = options.libvirt === undefined ? { release: undefined } : chooseRelease(options.libvirt)
  const inspected = await inspect(documentOf(example, text), {
    name: 'example.xml',
    target: async (arch) => {
      const capabilities = await loadBuiltin(chooseBuild(arch, options.qemu).build!)
      return { capabilities, release, host: genericHost(arch), notes: [], purpose: 'check' }
    },
  })
  return conclude(inspected, { ...defaultSettings, strict: options.strict === true }).findings
}

const own = Object.entries(pages).flatMap(([code, { example }]) =>
  example === undefined ? [] : [[code, example] as const],
)
const examples: (readonly [string, RuleExample])[] = [...own, ...Object.entries(made)]

describe('the example of a page', () => {
  test.each(examples)('%s', async (code, example) => {
    const failing = await findings(example, example.fails)
    expect(failing.map((it) => it.code)).toContain(code)
    const mended = await findings(example, example.mended)
    // The mend has no error of its own, and nothing of this rule.
    expect(mended.filter((it) => it.code === code || it.level === 'error')).toEqual([])
  })
})

test('no code has an example twice', () => expect(new Set(examples.map(([code]) => code)).size).toBe(examples.length))
