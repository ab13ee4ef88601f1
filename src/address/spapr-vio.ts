/**
 * Registers on the virtual I/O bus of pseries: a flat 32-bit space, by convention at multiples of 0x1000.
 * Source: formatdomain (Device Addresses, spapr-vio). Each kind of device has a place of its own where the search
 * starts (interface 0x1000, SCSI 0x2000, NVRAM 0x3000, TPM 0x4000, serial 0x30000000 in libvirt's goldens).
 */
import { NumberPool } from './number-pool.ts'
import { type AddressRequest, type AddressResult, addressError, emptyResult, nameOf } from './problem.ts'

export interface SpaprVioRequest extends AddressRequest {
  /** The user's register. */
  readonly reg?: number | undefined
  /** Where this kind of device starts to look. */
  readonly firstReg: number
}

const STEP = 0x1000
const MAX_REG = 0xffffffff

/** Problems: `address/spapr-vio-range`, `address/spapr-vio-in-use`, `address/spapr-vio-exhausted`. */
export function assignSpaprVio(requests: readonly SpaprVioRequest[]): AddressResult<number> {
  const result = emptyResult<number>()
  const pool = new NumberPool(0, MAX_REG, STEP)
  for (const request of requests) {
    const { reg, id } = request
    if (reg === undefined) continue
    const shown = `${nameOf(request)}: spapr-vio register ${showReg(reg)}`
    const holder = pool.covers(reg) ? pool.reserve(reg, request) : undefined
    if (!pool.covers(reg)) {
      result.problems.push(addressError('spapr-vio-range', `${shown} has more than 32 bits`, [id]))
    } else if (holder !== undefined) {
      const message = `${shown} is taken by ${nameOf(holder)}`
      result.problems.push(
        addressError('spapr-vio-in-use', message, [id, holder.id], 'give one of them another register'),
      )
    } else {
      result.addresses.set(id, reg)
      result.trace.push({ subject: id, rule: 'spapr-vio/given' })
    }
  }
  for (const request of requests) {
    if (request.reg !== undefined) continue
    const reg = pool.take(request, request.firstReg)
    if (reg === undefined) {
      const message = `${nameOf(request)}: no spapr-vio register is left`
      result.problems.push(addressError('spapr-vio-exhausted', message, [request.id]))
      continue
    }
    result.addresses.set(request.id, reg)
    result.trace.push({ subject: request.id, rule: 'spapr-vio/first-free-register' })
  }
  return result
}

const showReg = (reg: number): string => `0x${reg.toString(16).padStart(8, '0')}`
