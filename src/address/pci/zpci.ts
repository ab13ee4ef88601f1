/**
 * zPCI identifiers (s390x): `uid` 1..0xffff names the PCI domain the guest sees, `fid` 0..0xffffffff the function.
 * Both are unique in a guest. Source: libvirt's "PCI addresses in domain XML and guest OS", formatdomain (Device
 * Addresses). What the user gave is kept; then a missing half is filled; then those without either, in order.
 */
import { NumberPool } from '../number-pool.ts'
import { type AddressProblem, type AddressRequest, addressError, nameOf } from '../problem.ts'
import type { Zpci, ZpciWish } from './types.ts'

export interface ZpciSubject extends AddressRequest {
  readonly zpci?: ZpciWish | undefined
}

const hex = (value: number): string => `0x${value.toString(16)}`

/**
 * Problems: `address/zpci-uid-range`, `zpci-uid-in-use`, `zpci-fid-range`, `zpci-fid-in-use`, `zpci-exhausted`.
 * @returns uid and fid by subject; none for a subject that is refused.
 */
export function assignZpci(subjects: readonly ZpciSubject[]): {
  numbers: Map<string, Zpci>
  problems: readonly AddressProblem[]
} {
  const uids = new NumberPool(1, 0xffff)
  const fids = new NumberPool(0, 0xffffffff)
  const problems: AddressProblem[] = []
  const refused = new Set<string>()
  const refuse = (subject: ZpciSubject, code: string, message: string, holder?: AddressRequest) => {
    problems.push(addressError(code, `${nameOf(subject)}: ${message}`, [subject.id, holder?.id]))
    refused.add(subject.id)
  }
  const reserve = (key: 'uid' | 'fid', pool: NumberPool, subject: ZpciSubject) => {
    const value = subject.zpci?.[key]
    if (value === undefined) return
    const shown = `zPCI ${key} ${hex(value)}`
    const holder = pool.covers(value) ? pool.reserve(value, subject) : undefined
    if (!pool.covers(value))
      refuse(subject, `zpci-${key}-range`, `${shown} is not in ${hex(pool.min)}..${hex(pool.max)}`)
    else if (holder) refuse(subject, `zpci-${key}-in-use`, `${shown} is in use by ${nameOf(holder)}`, holder)
  }
  for (const subject of subjects) {
    reserve('uid', uids, subject)
    reserve('fid', fids, subject)
  }
  const numbers = new Map<string, Zpci>()
  const complete = (subject: ZpciSubject) => {
    const uid = subject.zpci?.uid ?? uids.take(subject)
    const fid = subject.zpci?.fid ?? fids.take(subject)
    if (uid !== undefined && fid !== undefined) numbers.set(subject.id, { uid, fid })
    else refuse(subject, 'zpci-exhausted', 'no zPCI uid or fid is left')
  }
  const isPartial = ({ zpci }: ZpciSubject) => zpci?.uid !== undefined || zpci?.fid !== undefined
  const accepted = subjects.filter((subject) => !refused.has(subject.id))
  for (const subject of accepted) if (isPartial(subject)) complete(subject)
  for (const subject of accepted) if (!isPartial(subject)) complete(subject)
  return { numbers, problems }
}
