/**
 * Channel subsystem addresses (s390x).
 * Source: formatdomain (Device Addresses, ccw): cssid 0..0xfe, ssid 0..3, devno 0..0xffff; where none is given,
 * the first free devno of cssid 0xfe, ssid 0.
 */
import { NumberPool } from './number-pool.ts'
import { type AddressRequest, type AddressResult, addressError, emptyResult, nameOf } from './problem.ts'

export interface CcwAddress {
  readonly cssid: number
  readonly ssid: number
  readonly devno: number
}

export interface CcwRequest extends AddressRequest {
  /** The user's; one that is not whole (`<address type='ccw'/>`) asks for one. */
  readonly address?: Partial<Record<keyof CcwAddress, number | undefined>> | undefined
}

const VIRTUAL_CSSID = 0xfe
const SSIDS = [0, 1, 2, 3]

/** Problems: `address/ccw-range`, `address/ccw-in-use`, `address/ccw-exhausted`. */
export function assignCcw(requests: readonly CcwRequest[]): AddressResult<CcwAddress> {
  const result = emptyResult<CcwAddress>()
  const subchannels = new Map<string, NumberPool>()
  const poolOf = (cssid: number, ssid: number): NumberPool => {
    const key = `${cssid}.${ssid}`
    const pool = subchannels.get(key) ?? new NumberPool(0, 0xffff)
    subchannels.set(key, pool)
    return pool
  }
  const waiting: CcwRequest[] = []
  for (const request of requests) {
    const { cssid, ssid, devno } = request.address ?? {}
    if (cssid === undefined || ssid === undefined || devno === undefined) {
      waiting.push(request)
      continue
    }
    const address = { cssid, ssid, devno }
    const shown = `${nameOf(request)}: CCW address ${showCcw(address)}`
    const pool = poolOf(address.cssid, address.ssid)
    const inRange = address.cssid >= 0 && address.cssid <= VIRTUAL_CSSID && SSIDS.includes(address.ssid)
    if (!inRange || !pool.covers(address.devno)) {
      const message = `${shown} is outside cssid 0..fe, ssid 0..3, devno 0..ffff`
      result.problems.push(addressError('ccw-range', message, [request.id]))
      continue
    }
    const holder = pool.reserve(address.devno, request)
    if (holder !== undefined) {
      const message = `${shown} is taken by ${nameOf(holder)}`
      result.problems.push(
        addressError('ccw-in-use', message, [request.id, holder.id], 'give one of them another devno'),
      )
      continue
    }
    result.addresses.set(request.id, address)
    result.trace.push({ subject: request.id, rule: 'ccw/given' })
  }
  for (const request of waiting) {
    const address = firstFree(request, poolOf)
    if (address === undefined) {
      const message = `${nameOf(request)}: no CCW address is left on cssid fe`
      result.problems.push(addressError('ccw-exhausted', message, [request.id]))
      continue
    }
    result.addresses.set(request.id, address)
    result.trace.push({ subject: request.id, rule: 'ccw/first-free-devno' })
  }
  return result
}

function firstFree(request: CcwRequest, poolOf: (cssid: number, ssid: number) => NumberPool): CcwAddress | undefined {
  for (const ssid of SSIDS) {
    const devno = poolOf(VIRTUAL_CSSID, ssid).take(request)
    if (devno !== undefined) return { cssid: VIRTUAL_CSSID, ssid, devno }
  }
  return undefined
}

const showCcw = ({ cssid, ssid, devno }: CcwAddress): string =>
  `${cssid.toString(16)}.${ssid.toString(16)}.${devno.toString(16).padStart(4, '0')}`
