import type { Finding } from '../finding.ts'
import type { FindingData } from '../report-schema.ts'

/** A finding as JSON reports have it (schemas/lint-report.schema.json). */
export function findingData(file: string, finding: Finding): FindingData {
  const { code, level, message, place, path, hint, when, related, fix, fingerprint } = finding
  return {
    file,
    code,
    severity: level,
    message,
    ...place,
    ...(path !== undefined && { path }),
    ...(hint !== undefined && { hint }),
    ...(when !== undefined && { when }),
    ...(related.length > 0 && {
      related: related.map((it) => ({
        message: it.message,
        ...((it.file !== undefined || it.place !== undefined) && { file: it.file ?? file }),
        ...it.place,
      })),
    }),
    ...(fix && {
      fix: {
        title: fix.title,
        safe: fix.safe,
        edits: fix.edits.map(({ span, text }) => ({ start: span.start, end: span.end, text })),
      },
    }),
    fingerprint,
  }
}
