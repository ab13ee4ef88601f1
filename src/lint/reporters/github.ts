import type { Finding, Level } from '../finding.ts'
import { type MakeReporter, said } from './reporter.ts'

const commands: { readonly [level in Level]: string } = { error: 'error', warning: 'warning', note: 'notice' }

/** The runner ends a message at a line end, and takes %XX back. */
const data = (text: string) => text.replace(/[%\r\n]/g, escaped)
/** A property also ends at a comma or a colon. */
const property = (text: string) => text.replace(/[%\r\n:,]/g, escaped)

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** Workflow commands: GitHub's runner turns them into annotations on the lines of a change. */
export const github: MakeReporter = () => ({
  file: ({ name, findings }) => findings.map((finding) => command(name, finding)).join(''),
})

function command(name: string, finding: Finding): string {
  const { place, level, code } = finding
  const properties = [
    ['file', name],
    ['line', place?.line],
    ['col', place?.column],
    ['endLine', place?.endLine],
    // The runner takes no end column where the lines differ.
    ['endColumn', place?.line === place?.endLine ? place?.endColumn : undefined],
    ['title', code],
  ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${property(String(value))}`]))
  return `::${commands[level]} ${properties.join(',')}::${data(said(finding))}\n`
}
