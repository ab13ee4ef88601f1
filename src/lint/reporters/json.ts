import { summaryData } from '../report-schema.ts'
import { findingData } from './data.ts'
import { JsonItems, type MakeReporter } from './reporter.ts'

/** One object, always of one shape: `{version, findings, files, summary}`. */
export const json: MakeReporter = ({ version }) => {
  const findings = new JsonItems()
  const files: object[] = []
  return {
    begin: () => `{"version":1,"tool":${JSON.stringify({ name: 'domxml', version })},"findings":[`,
    file: (file) => {
      files.push({ file: file.name, kind: file.kind, ...(file.root !== undefined && { root: file.root }) })
      return findings.add(file.findings.map((finding) => findingData(file.name, finding)))
    },
    end: (summary) =>
      `\n],"files":[${new JsonItems().add(files)}\n],"summary":${JSON.stringify(summaryData(summary))}}\n`,
  }
}

/** One object a line, one line a finding: the objects in `findings` of `json`. */
export const jsonl: MakeReporter = () => ({
  file: ({ name, findings }) => findings.map((finding) => `${JSON.stringify(findingData(name, finding))}\n`).join(''),
})
