import { printable } from '../../diagnostic/printable.ts'
import type { Finding } from '../../vfio/preflight/findings/finding.ts'
import { errnoWords, roleOf } from '../../vfio/preflight/report.ts'
import type { DeviceOutcome, DomainOutcome } from '../../vfio/preflight/start.ts'
import { reportText } from '../report.ts'
import type { Places } from './domain-files.ts'

/** Findings with code frames; where the kernel refuses, with its errno and the log line to look for. */
export function findingsText(findings: readonly Finding[], places: Places, colour: boolean): string {
  return findings
    .map((finding) => {
      const name = finding.file ?? '--pf'
      const text = places.text(name)
      return reportText({ name, text, diagnostics: [finding], secrets: [] }, colour) + kernelText(finding)
    })
    .join('\n')
}

function kernelText({ kernel }: Finding): string {
  if (kernel === undefined) return ''
  const errno = kernel.errno === undefined ? '' : `  kernel answers: ${errnoWords(kernel.errno)}\n`
  return errno + kernel.log.map((line) => `  kernel log: ${line}\n`).join('')
}

const roles = { pf: 'PF', vf: 'VF', plain: '', unknown: '' } as const

/** What becomes of each domain and device, one a line. */
export function outcomesText(outcomes: readonly DomainOutcome[]): string {
  return outcomes
    .map(({ domain, starts, devices }) => {
      const head = `${printable(domain.name)} (${printable(domain.file)}): ${starts ? 'starts' : 'does not start'}\n`
      return head + devices.map(deviceLine).join('')
    })
    .join('')
}

function deviceLine({ device, before, result }: DeviceOutcome): string {
  const role = roles[roleOf(before)]
  const of = before?.physicalFunction === undefined ? '' : ` of ${before.physicalFunction}`
  const what = role === '' ? device.address : `${device.address}, ${role}${of}`
  const token = device.token === undefined ? 'no token' : 'token ***'
  const opens = result.outcome === 'done' ? 'opens' : `fails${result.errno ? ` with ${errnoWords(result.errno)}` : ''}`
  return `  ${what}, ${token}: ${opens}\n`
}

/** The order, numbered, one domain a line. */
export function orderText(outcomes: readonly DomainOutcome[]): string {
  return outcomes
    .map(({ domain }, index) => `${index + 1}. ${printable(domain.name)} (${printable(domain.file)})\n`)
    .join('')
}
