import type { Finding } from '../finding.ts'
import { type MakeReporter, where, xmlText } from './reporter.ts'

/**
 * JUnit's XML: one suite a file, one case a code that was found in it; a file without findings is one case that passes. Only
 * errors are failures; warnings and notes are told in the case's output.
 */
export const junit: MakeReporter = () => ({
  begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="domxml lint">\n',
  file: ({ name, findings, kind, root }) => {
    const named = xmlText(name)
    if (kind === 'foreign') {
      const reason = `<skipped message="${xmlText(`other XML: ${root}`)}"/>`
      return `${suite(named, 1, 0, 1)}    <testcase name="domxml lint" classname="${named}" time="0">${reason}</testcase>\n  </testsuite>\n`
    }
    const codes = new Map<string, Finding[]>()
    for (const finding of findings) codes.set(finding.code, [...(codes.get(finding.code) ?? []), finding])
    const cases = [...codes].map(([code, found]) => testCase(named, name, code, found))
    const failed = [...codes.values()].filter((found) => found.some(({ level }) => level === 'error')).length
    const body = cases.length > 0 ? cases : [`    <testcase name="domxml lint" classname="${named}" time="0"/>\n`]
    return `${suite(named, body.length, failed, 0)}${body.join('')}  </testsuite>\n`
  },
  end: () => '</testsuites>\n',
})

function suite(name: string, tests: number, failures: number, skipped: number): string {
  return `  <testsuite name="${name}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="0">\n`
}

function testCase(named: string, name: string, code: string, found: readonly Finding[]): string {
  const told = (these: readonly Finding[]) =>
    xmlText(
      these.map((it) => `${where(name, it)}: ${it.level}: ${it.message}${it.hint ? `\n  ${it.hint}` : ''}`).join('\n'),
    )
  const errors = found.filter(({ level }) => level === 'error')
  const others = found.filter(({ level }) => level !== 'error')
  const failure =
    errors[0] === undefined
      ? ''
      : `<failure type="${xmlText(code)}" message="${xmlText(errors[0].message)}">${told(errors)}</failure>`
  const output = others.length === 0 ? '' : `<system-out>${told(others)}</system-out>`
  return `    <testcase name="${xmlText(code)}" classname="${named}" time="0">${failure}${output}</testcase>\n`
}
