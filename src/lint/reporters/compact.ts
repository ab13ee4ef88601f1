import { type MakeReporter, where } from './reporter.ts'

/** One line a finding: `file:line:column: level: message [code]`, as editors read the output of compilers. */
export const compact: MakeReporter = () => ({
  file: ({ name, findings }) =>
    findings
      .map((finding) => `${where(name, finding)}: ${finding.level}: ${finding.message} [${finding.code}]\n`)
      .join(''),
})
