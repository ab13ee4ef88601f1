import type { Location, PhysicalLocation, Region, ReportingDescriptor, Result } from 'sarif'
import type { Finding, Level, Place } from '../finding.ts'
import { JsonItems, type MakeReporter, type ReportOptions } from './reporter.ts'

const kinds: { readonly [level in Level]: Result.level } = { error: 'error', warning: 'warning', note: 'note' }
const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/**
 * SARIF 2.1.0 (OASIS), for code scanning. Results come first and the rules they name behind them, so that a report can be
 * written as it goes on.
 */
export const sarif: MakeReporter = (options) => {
  const results = new JsonItems()
  const rules = new Map<string, number>()
  const ruleIndex = (code: string) => {
    const index = rules.get(code) ?? rules.size
    rules.set(code, index)
    return index
  }
  return {
    begin: () => `{"$schema":"${schema}","version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints","results":[`,
    file: ({ name, findings }) =>
      results.add(findings.map((finding) => resultOf(uriOf(name), finding, ruleIndex(finding.code)))),
    end: () => {
      const described = [...rules.keys()].map((code) => ruleOf(code, options))
      const driver = { name: 'domxml', version: options.version, rules: described }
      return `\n],"tool":${JSON.stringify({ driver })}}]}\n`
    },
  }
}

function resultOf(uri: string, finding: Finding, index: number): Result {
  const { code, level, message, hint, place, path, related, fix, fingerprint } = finding
  return {
    ruleId: code,
    ruleIndex: index,
    level: kinds[level],
    message: { text: hint === undefined ? message : `${message} ${hint}` },
    locations: [
      {
        physicalLocation: physical(uri, place),
        ...(path !== undefined && { logicalLocations: [{ fullyQualifiedName: path, kind: 'element' }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map(
        (it, id): Location => ({
          id,
          message: { text: it.message },
          physicalLocation: physical(it.file === undefined ? uri : uriOf(it.file), it.place),
        }),
      ),
    }),
    partialFingerprints: { 'domxml/v1': fingerprint },
    ...(fix && {
      fixes: [
        {
          description: { text: fix.title },
          artifactChanges: [
            {
              artifactLocation: { uri },
              replacements: fix.edits.map(({ span, text }) => ({
                deletedRegion: { charOffset: span.start, charLength: span.end - span.start },
                insertedContent: { text },
              })),
            },
          ],
        },
      ],
    }),
  }
}

function physical(uri: string, place: Place | undefined): PhysicalLocation {
  return { artifactLocation: { uri }, ...(place && { region: regionOf(place) }) }
}

function regionOf({ line, column, endLine, endColumn }: Place): Region {
  return { startLine: line, startColumn: column, endLine, endColumn }
}

function ruleOf(code: string, { rule }: ReportOptions): ReportingDescriptor {
  const note = rule(code)
  if (note === undefined) return { id: code }
  return {
    id: code,
    shortDescription: { text: note.title },
    help: { text: note.help, markdown: note.help },
    ...(note.url !== undefined && { helpUri: note.url }),
  }
}

/** A file name as a relative reference (RFC 3986). */
function uriOf(name: string): string {
  const relative = name.replaceAll('\\', '/').replace(/^\.\//, '')
  const uri = relative.split('/').map(encodeURIComponent).join('/')
  return relative.startsWith('/') ? `file://${uri}` : uri
}
