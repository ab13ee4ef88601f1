import { flag, integer, list, type Of, oneOf, optional, record, text } from '../json/shape.ts'
import type { Summary } from './reporters/reporter.ts'

const place = {
  line: optional(integer('Line, from 1.', 1)),
  column: optional(integer('Column in code points, from 1.', 1)),
  endLine: optional(integer('Line behind the last character.', 1)),
  endColumn: optional(integer('Column behind the last character.', 1)),
}

const edit = record('A piece of the text and what is to stand there.', {
  start: integer('Offset in UTF-16 units of the decoded text.'),
  end: integer('Offset behind the last unit; equal to start where text is put in.'),
  text: text('What is to stand there.'),
})

const finding = record('A finding.', {
  file: text('The file, as it was given or found.'),
  code: text('The rule; see `domxml explain CODE`.'),
  severity: oneOf('How grave it is, after the configuration was asked.', 'error', 'warning', 'note'),
  message: text('What is wrong.'),
  ...place,
  path: optional(text('The element or attribute in XPath form.')),
  hint: optional(text('What to do.')),
  when: optional(oneOf('The stage that refuses.', 'define', 'start')),
  related: optional(
    list(
      'Other places that help to understand it.',
      record('Another place.', { message: text('What is there.'), file: optional(text('Its file.')), ...place }),
    ),
  ),
  fix: optional(
    record('How it is mended.', {
      title: text('The mend as an order.'),
      safe: flag('Whether --fix does it unasked.'),
      edits: list('The changes of the text.', edit),
    }),
  ),
  fingerprint: text('What the finding is known by in its file when lines move; a UUID.'),
})

const count = (what: string) => integer(`How many ${what}.`)

const summary = record('What the run came to.', {
  files: count('files were looked at'),
  checked: count('domains and fragments were checked'),
  foreign: count('files are other XML'),
  ignored: count('files the configuration ignores'),
  errors: count('errors'),
  warnings: count('warnings'),
  notes: count('notes'),
  disabled: count('findings are disabled by comments'),
  known: count('findings are in the baseline'),
  fixed: count('findings were mended'),
  gone: count('findings of the baseline are gone'),
})

const report = record('What `domxml lint --format json` prints.', {
  version: oneOf('The form of this report.', 1),
  tool: record('Who made it.', { name: text('domxml.'), version: text('Its version.') }),
  findings: list('By file in order of their names, in document order in each.', finding),
  files: list(
    'Every file that was looked at.',
    record('A file.', {
      file: text('Its name.'),
      kind: oneOf('What it is.', 'domain', 'fragment', 'foreign', 'unread'),
      root: optional(text('The name of its root element.')),
    }),
  ),
  summary,
})

export type FindingData = Of<typeof finding>
export type LintReport = Of<typeof report>

export const lintReportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'domxml:lint-report',
  title: 'Report of domxml lint',
  ...report.schema,
}

/** A summary as reports have it. */
export function summaryData(data: Summary): Of<typeof summary> {
  return data
}
