import { type MakeReporter, where } from './reporter.ts'

/** The Test Anything Protocol, version 13: one point a file, findings as its YAML block. */
export const tap: MakeReporter = () => {
  let points = 0
  // A # would begin a directive, a line end another line.
  const description = (name: string) => name.replace(/[\r\n]/g, ' ').replaceAll('#', '\\#')
  return {
    begin: () => 'TAP version 13\n',
    file: ({ name, findings, kind, root }) => {
      const number = ++points
      if (kind === 'foreign') return `ok ${number} - ${description(name)} # SKIP other XML: ${root}\n`
      const ok = findings.some(({ level }) => level === 'error') ? 'not ok' : 'ok'
      const head = `${ok} ${number} - ${description(name)}\n`
      if (findings.length === 0) return head
      // JSON strings are YAML strings.
      const items = findings.map((finding) => {
        const { code, level, message } = finding
        return `    - code: ${JSON.stringify(code)}\n      severity: ${level}\n      at: ${JSON.stringify(where(name, finding))}\n      message: ${JSON.stringify(message)}\n`
      })
      return `${head}  ---\n  findings:\n${items.join('')}  ...\n`
    },
    end: () => `1..${points}\n`,
  }
}
