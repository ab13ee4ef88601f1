import type { Diagnostic, Span } from '../../diagnostic/diagnostic.ts'
import type { Position } from '../../diagnostic/position.ts'
import { flag, integer, list, type Of, oneOf, optional, record, text } from '../../json/shape.ts'
import { errnoText } from '../errno.ts'
import type { FunctionState } from '../state.ts'
import type { Finding } from './findings/finding.ts'
import type { DeviceOutcome, DomainOutcome } from './start.ts'

const kernelFields = {
  rule: optional(text("The model's name of the kernel's rule that decided, e.g. vf/token-incorrect.")),
  errno: optional(text('The error number that the kernel answers, e.g. EACCES.')),
  log: optional(list('Lines to look for in the kernel log; they are rate-limited.', text('A line.'))),
}

const place = {
  line: optional(integer('Line in the file, from 1.', 1)),
  column: optional(integer('Column in the line in characters, from 1.', 1)),
}

const findingShape = record('A finding.', {
  code: text('Stable name, e.g. vfio/token-differs.'),
  severity: oneOf('How grave it is.', 'error', 'warning', 'info'),
  message: text('What is wrong. Never holds a token.'),
  hint: optional(text('What to do.')),
  domain: optional(text('Name of the domain.')),
  file: optional(text('File of the domain, as it was given.')),
  device: optional(text('PCI address of the function.')),
  path: optional(text('Path of the element in the file.')),
  ...place,
  ...kernelFields,
})

const deviceShape = record('A function that a domain takes.', {
  address: text('PCI address, e.g. 0000:03:10.0.'),
  role: oneOf('What it is.', 'pf', 'vf', 'plain', 'unknown'),
  physicalFunction: optional(text('The PF of a VF.')),
  token: flag('Whether the domain gives a token. The token itself is never shown.'),
  opens: flag('Whether it opens.'),
  ...place,
  ...kernelFields,
})

/** What `domxml vfio check` and `domxml vfio plan` print as JSON. */
export const vfioReportShape = record('Report of a VFIO preflight.', {
  command: oneOf('What was asked.', 'check', 'plan'),
  works: flag('Whether all domains start in this order and nothing else is an error.'),
  kernelVersion: optional(text('Kernel of the recorded host.')),
  order: list('Names of the domains in the order in which they are started.', text('A name.')),
  domains: list(
    'The domains in that order.',
    record('A domain.', {
      name: text('Its name.'),
      file: text('Its file, as it was given.'),
      starts: flag('Whether all its functions open.'),
      devices: list('Its functions, in the order in which they are opened.', deviceShape),
    }),
  ),
  findings: list('What was found.', findingShape),
})

export const vfioReportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'domxml vfio report',
  ...vfioReportShape.schema,
}

export type VfioReport = Of<typeof vfioReportShape>
export type ReportedFinding = Of<typeof findingShape>

/** Finds the line and column of a place in one of the files that were given. */
export type Locate = (file: string, span: Span) => Position | undefined

export interface ReportInput {
  readonly command: 'check' | 'plan'
  readonly kernelVersion?: string | undefined
  readonly outcomes: readonly DomainOutcome[]
  readonly findings: readonly Finding[]
  readonly locate: Locate
}

/** The report as data, ready for JSON. */
export function vfioReport({ command, kernelVersion, outcomes, findings, locate }: ReportInput): VfioReport {
  const reported = findings.map((finding) => reportFinding(finding, locate))
  return {
    command,
    works: outcomes.every(({ starts }) => starts) && !reported.some(({ severity }) => severity === 'error'),
    kernelVersion,
    order: outcomes.map(({ domain }) => domain.name),
    domains: outcomes.map(({ domain, starts, devices }) => ({
      name: domain.name,
      file: domain.file,
      starts,
      devices: devices.map((outcome) => ({
        ...deviceReport(outcome),
        ...locate(domain.file, outcome.device.span),
      })),
    })),
    findings: reported,
  }
}

/** A finding as data: its place as line and column. */
export function reportFinding(finding: Finding | Diagnostic, locate: Locate): ReportedFinding {
  const { code, severity, message, hint, span, path } = finding
  const { domain, file, device, kernel } = finding as Finding
  const at = file !== undefined && span !== undefined ? locate(file, span) : undefined
  return { code, severity, message, hint, domain, file, device, path, ...at, ...kernel }
}

function deviceReport({ device, before, result }: DeviceOutcome): VfioReport['domains'][number]['devices'][number] {
  return {
    address: device.address,
    role: roleOf(before),
    physicalFunction: before?.physicalFunction,
    token: device.token !== undefined,
    opens: result.outcome === 'done',
    rule: result.rule.name,
    errno: result.errno,
    log: result.log,
  }
}

/** What a function is, as far as the host tells. */
export function roleOf(device: FunctionState | undefined): 'pf' | 'vf' | 'plain' | 'unknown' {
  if (device === undefined) return 'unknown'
  if (device.physicalFunction !== undefined) return 'vf'
  return device.sriov === undefined ? 'plain' : 'pf'
}

/** `EACCES (Permission denied)`; empty where there is none. */
export function errnoWords(errno: string | undefined): string {
  const words = Object.entries(errnoText).find(([name]) => name === errno)?.[1]
  return errno === undefined ? '' : `${errno} (${words ?? 'error'})`
}
