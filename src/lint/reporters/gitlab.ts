import { v5 } from 'uuid'
import type { Level } from '../finding.ts'
import { JsonItems, type MakeReporter, said } from './reporter.ts'

const severities: { readonly [level in Level]: string } = { error: 'major', warning: 'minor', note: 'info' }
const NAMESPACE = '6ba7b812-9dad-11d1-80b4-00c04fd430c8'

/** GitLab's code quality report: an array of issues, each known by a fingerprint in the whole project. */
export const gitlab: MakeReporter = () => {
  const items = new JsonItems()
  return {
    begin: () => '[',
    file: ({ name, findings }) =>
      items.add(
        findings.map((finding) => ({
          description: said(finding),
          check_name: finding.code,
          fingerprint: v5(`${name} ${finding.fingerprint}`, NAMESPACE).replaceAll('-', ''),
          severity: severities[finding.level],
          location: {
            path: name.replace(/^\.\//, ''),
            lines: { begin: finding.place?.line ?? 1, end: finding.place?.endLine ?? 1 },
          },
        })),
      ),
    end: () => '\n]\n',
  }
}
