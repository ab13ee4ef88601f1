/**
 * zPCI identifiers (s390x): `uid` 1..0xffff names the PCI domain the guest sees, `fid` 0..0xffffffff the function.
 * Both are unique in a guest. Source: libvirt's "PCI addresses in domain XML and guest OS", formatdomain (Device
 * Addresses). What the user gave is kept; then a missing half is filled; then those without either, in order.
 */
import type { AddressProblem } from '../problem.ts'
import type { Zpci, ZpciWish } from './types.ts'

export interface ZpciSubject {
  readonly id: string
  readonly name: string
  readonly zpci?: ZpciWish | undefined
}

class Numbers {
  readonly #key: 'uid' | 'fid'
  readonly #min: number
  readonly #max: number
  readonly #holders = new Map<number, ZpciSubject>()
  #next: number

  constructor(key: 'uid' | 'fid', min: number, max: number) {
    this.#key = key
    this.#min = min
    this.#max = max
    this.#next = min
  }

  reserve(value: number, subject: ZpciSubject): AddressProblem | undefined {
    const holder = this.#holders.get(value)
    const problem = (code: string, message: string, requests: readonly string[]): AddressProblem => ({
      code: `address/zpci-${this.#key}-${code}`,
      severity: 'error',
      message: `${subject.name}: zPCI ${this.#key} ${hex(value)} ${message}`,
      requests,
    })
    if (value < this.#min || value > this.#max) {
      return problem('range', `is not in ${hex(this.#min)}..${hex(this.#max)}`, [subject.id])
    }
    if (holder !== undefined) return problem('in-use', `is in use by ${holder.name}`, [subject.id, holder.id])
    this.#holders.set(value, subject)
    return undefined
  }

  take(subject: ZpciSubject): number | undefined {
    while (this.#holders.has(this.#next)) this.#next++
    if (this.#next > this.#max) return undefined
    this.#holders.set(this.#next, subject)
    return this.#next++
  }
}

const hex = (value: number): string => `0x${value.toString(16)}`

/** @returns uid and fid by subject; none for a subject that is refused. */
export function assignZpci(subjects: readonly ZpciSubject[]): {
  numbers: Map<string, Zpci>
  problems: readonly AddressProblem[]
} {
  const uids = new Numbers('uid', 1, 0xffff)
  const fids = new Numbers('fid', 0, 0xffffffff)
  const problems: AddressProblem[] = []
  const refused = new Set<string>()
  const reserve = (numbers: Numbers, value: number | undefined, subject: ZpciSubject) => {
    const problem = value === undefined ? undefined : numbers.reserve(value, subject)
    if (problem === undefined) return
    problems.push(problem)
    refused.add(subject.id)
  }
  for (const subject of subjects) {
    reserve(uids, subject.zpci?.uid, subject)
    reserve(fids, subject.zpci?.fid, subject)
  }
  const numbers = new Map<string, Zpci>()
  const complete = (subject: ZpciSubject) => {
    const uid = subject.zpci?.uid ?? uids.take(subject)
    const fid = subject.zpci?.fid ?? fids.take(subject)
    if (uid !== undefined && fid !== undefined) numbers.set(subject.id, { uid, fid })
    else {
      const message = `${subject.name}: no zPCI uid or fid is left`
      problems.push({ code: 'address/zpci-exhausted', severity: 'error', message, requests: [subject.id] })
    }
  }
  const isPartial = ({ zpci }: ZpciSubject) => zpci?.uid !== undefined || zpci?.fid !== undefined
  const accepted = subjects.filter((subject) => !refused.has(subject.id))
  for (const subject of accepted) if (isPartial(subject)) complete(subject)
  for (const subject of accepted) if (!isPartial(subject)) complete(subject)
  return { numbers, problems }
}
