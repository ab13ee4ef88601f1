import { differences } from '../../src/argv/difference.ts'
import { explain } from '../../src/argv/explain.ts'
import { printLines, printShell, toJson } from '../../src/argv/print.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { explainText } from '../../src/cli/explain-text.ts'
import { jsonText } from '../../src/cli/json-text.ts'
import { diffOf } from '../../src/cli/lint/fix-file.ts'
import { reportJson, reportText } from '../../src/cli/report.ts'
import { planText } from '../../src/cli/run/plan-text.ts'
import { findingsText, outcomesText } from '../../src/cli/vfio/text.ts'
import { complete, convert } from '../../src/convert.ts'
import { redacted } from '../../src/diagnostic/mask.ts'
import { LineIndex } from '../../src/diagnostic/position.ts'
import { genericHost } from '../../src/host/generic.ts'
import { sealWith, secretsFrom } from '../../src/host/secrets.ts'
import { explainPlan } from '../../src/launch/explain.ts'
import { launch } from '../../src/launch.ts'
import { baselineOf } from '../../src/lint/baseline.ts'
import { conclude, type LintedFile } from '../../src/lint/conclude.ts'
import { fixText } from '../../src/lint/fix.ts'
import { fleetFindings } from '../../src/lint/fleet/rules.ts'
import { inspect } from '../../src/lint/inspect.ts'
import { type Format, formats, reporters } from '../../src/lint/reporters/registry.ts'
import { defaultSettings } from '../../src/lint/settings/settings.ts'
import { options as lintOptions } from '../../src/lint/testing.ts'
import { completionsAt } from '../../src/lsp/completion.ts'
import { hoverAt } from '../../src/lsp/hover.ts'
import { outlineOf } from '../../src/lsp/outline.ts'
import { symbolsOf } from '../../src/lsp/symbols.ts'
import { Release } from '../../src/release/release.ts'
import { drawTopology } from '../../src/topology/draw.ts'
import { printTopologyMermaid } from '../../src/topology/mermaid.ts'
import { printTopologySvg } from '../../src/topology/svg/print.ts'
import { printTopologyText } from '../../src/topology/text.ts'
import { checkDomains } from '../../src/vfio/preflight/check.ts'
import { extractDomain } from '../../src/vfio/preflight/extract.ts'
import { vfioReport } from '../../src/vfio/preflight/report.ts'
import { facts } from '../../src/vfio/preflight/testing.ts'
import { readXml } from '../../src/xml/read.ts'

/** What a user may see of a document, by the name of the output. */
export type Outputs = ReadonlyMap<string, string>

const capabilities = await loadBuiltin(chooseBuild('x86_64', '9.0.0').build!)
const older = await loadBuiltin(chooseBuild('x86_64', '4.2.0').build!)
const masterKey = { key: new Uint8Array(32).fill(7), iv: new Uint8Array(16) }
const passphrase = { uuid: '9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23', value: new Uint8Array([1, 2, 3]) }
const host = { ...genericHost('x86_64'), secrets: secretsFrom([passphrase], sealWith(masterKey)) }
const options = { capabilities, host }

const json = (value: unknown): string => jsonText(value ?? null)

/** All that is printed of a document, but for `argv` and `format` without `--redact`, a script, and a document's own new text. */
export async function outputsOf(text: string): Promise<Outputs> {
  const shown = new Map<string, string>()
  conversions(text, shown)
  await lints(text, shown)
  editors(text, shown)
  pictures(text, shown)
  plans(text, shown)
  preflights(text, shown)
  return shown
}

function conversions(text: string, shown: Map<string, string>): void {
  const { diagnostics, argv, xml, origins } = convert(text, options)
  const reported = { name: 'guest.xml', text, diagnostics, secrets: origins.secrets }
  shown.set('findings', json(diagnostics.map(({ fix: _, ...finding }) => finding)))
  shown.set('report', reportText(reported, false))
  shown.set('report as JSON', json(reportJson(reported)))
  shown.set('requires', json(diagnostics.map(({ message }) => redacted(message))))
  if (xml !== undefined) shown.set('format --redact', redacted(xml))
  if (argv === undefined) return
  const redact = { redact: true }
  const explained = explain(argv, origins, new LineIndex(text))
  shown.set('argv --redact', printShell(argv, redact))
  shown.set('argv --redact --format lines', printLines(argv, redact))
  shown.set('argv --redact --format json', json(toJson(argv, redact)))
  shown.set('argv --explain', explainText(explained, 'guest.xml'))
  shown.set('argv --explain --format json', json(explained))
  const other = convert(text, { capabilities: older, host, release: Release.of('10.1') }).argv
  if (other !== undefined) shown.set('argv --diff', json(differences(other, argv)))
}

const summary = {
  ...{ files: 2, checked: 2, foreign: 0, ignored: 0, errors: 1, warnings: 2, notes: 1 },
  ...{ disabled: 0, known: 0, fixed: 0, gone: 0 },
}

function report(format: Format, files: readonly LintedFile[]): string {
  const reporter = reporters[format]({ colour: false, version: '1', rule: () => undefined })
  return [reporter.begin?.(), ...files.map((file) => reporter.file(file)), reporter.end?.(summary)].join('\n')
}

async function lints(text: string, shown: Map<string, string>): Promise<void> {
  const files = await Promise.all(['a.xml', 'b.xml'].map((name) => inspect(text, lintOptions(name))))
  const clashes = fleetFindings(files, facts('vfio-pci'))
  const linted = files.map((file) => conclude(file, defaultSettings, clashes.get(file.name) ?? []))
  for (const format of formats) shown.set(`lint --fleet --format ${format}`, report(format, linted))
  const found = linted.flatMap(({ name, findings }) => findings.map((finding) => [name, finding] as const))
  shown.set('lint --write-baseline', json(baselineOf(found)))
  const { text: after, fixed } = await fixText(text, lintOptions('a.xml'), defaultSettings)
  shown.set('lint --fix --dry-run', diffOf('a.xml', { before: text, after, bytes: new Uint8Array(), fixed }))
}

function editors(text: string, shown: Map<string, string>): void {
  const document = outlineOf(text)
  shown.set('outline of an editor', json(symbolsOf(document)))
  const offsets = Array.from({ length: text.length >> 3 }, (_, index) => index << 3)
  shown.set('hovers of an editor', json(offsets.map((offset) => hoverAt(document, offset, capabilities)?.text)))
  shown.set('completions of an editor', json(offsets.map((offset) => completionsAt(document, offset, capabilities))))
}

function pictures(text: string, shown: Map<string, string>): void {
  const { context, parsed } = complete(text, options)
  if (context === undefined) return
  const lines = new LineIndex(parsed.text)
  const topology = drawTopology(context)
  shown.set('topology', printTopologyText(topology, lines))
  shown.set('topology --format mermaid', printTopologyMermaid(topology, lines))
  shown.set('topology --format svg', printTopologySvg(topology, lines))
}

const wish = { runtime: '/r', state: '/s', privileged: true, tag: 'abcd1234' }

function plans(text: string, shown: Map<string, string>): void {
  const { plan, diagnostics, origins } = launch(text, { ...options, masterKey, wish })
  shown.set('run', reportText({ name: 'guest.xml', text, diagnostics, secrets: origins.secrets }, false))
  if (plan === undefined) return
  const explained = explainPlan(plan, origins, new LineIndex(text))
  shown.set('run --dry-run', planText(explained, 'guest.xml'))
  shown.set('run --dry-run --format json', json(explained))
}

function preflights(text: string, shown: Map<string, string>): void {
  const { root, diagnostics } = readXml(text)
  const lines = new LineIndex(text)
  const places = { text: () => text, locate: (_: string, { start }: { start: number }) => lines.position(start) }
  const domains = root === undefined ? [] : [extractDomain(root, 'guest.xml').domain]
  const { findings, outcomes } = checkDomains(domains, facts('vfio-pci'))
  const all = [...diagnostics.map((it) => ({ ...it, file: 'guest.xml' })), ...findings]
  shown.set('vfio check', outcomesText(outcomes) + findingsText(all, places as never, false))
  const { locate } = places
  const command = 'check'
  shown.set(
    'vfio check --json',
    json(vfioReport({ command, kernelVersion: '6.18.0', outcomes, findings: all, locate })),
  )
}
