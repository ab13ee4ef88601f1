import type { Command } from '@commander-js/extra-typings'
import { didYouMean } from '../../diagnostic/suggest.ts'
import { type Rule, ruleMarkdown } from '../../lint/rules/catalogue.ts'
import { jsonText } from '../json-text.ts'
import { UsageError } from '../status.ts'
import { processTerminal, type Terminal } from '../terminal.ts'

/** Adds `explain`. */
export function registerExplain(program: Command, terminal: Terminal = processTerminal): void {
  program
    .command('explain')
    .description('what a code of a finding means, and what to do')
    .argument('[code]', 'code, or the beginning of codes (disk/); all codes where absent')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  domxml explain hostdev/vf-token-zero\n  domxml explain disk/')
    .action(async (code, { json }) => {
      const { raised } = await import('../../lint/rules/catalogue.gen.ts')
      const { pages } = await import('../../lint/rules/pages.gen.ts')
      const { examples } = await import('../../lint/rules/examples.gen.ts')
      const rules = raised.map((rule): Rule => ({ ...rule, page: pages[rule.code], made: examples[rule.code] }))
      const found = rules.find((rule) => rule.code === code)
      if (found !== undefined) {
        terminal.out(json ? jsonText(found) : ruleMarkdown(found))
        return
      }
      const some = rules.filter((rule) => code === undefined || (code.endsWith('/') && rule.code.startsWith(code)))
      if (some.length === 0) throw new UsageError(unknown(code ?? '', rules))
      const list = some.map((rule) => `${rule.code.padEnd(40)} ${rule.message}\n`).join('')
      terminal.out(json ? jsonText(some) : list)
    })
}

function unknown(code: string, rules: readonly Rule[]): string {
  const near = didYouMean(
    code,
    rules.map((rule) => rule.code),
  )
  return `there is no code ${code}. ${near === undefined ? 'domxml explain lists all.' : `Did you mean ${near}?`}`
}
