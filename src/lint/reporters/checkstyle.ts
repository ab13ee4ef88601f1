import type { Level } from '../finding.ts'
import { type MakeReporter, said, xmlText } from './reporter.ts'

const severities: { readonly [level in Level]: string } = { error: 'error', warning: 'warning', note: 'info' }

/** Checkstyle's XML, which many code review tools read. */
export const checkstyle: MakeReporter = () => ({
  begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n',
  file: ({ name, findings }) => {
    if (findings.length === 0) return ''
    const errors = findings.map((finding) => {
      const { place, level, code } = finding
      const at = place === undefined ? 'line="1"' : `line="${place.line}" column="${place.column}"`
      return `    <error ${at} severity="${severities[level]}" message="${xmlText(said(finding))}" source="domxml.${xmlText(code.replace('/', '.'))}"/>\n`
    })
    return `  <file name="${xmlText(name)}">\n${errors.join('')}  </file>\n`
  },
  end: () => '</checkstyle>\n',
})
