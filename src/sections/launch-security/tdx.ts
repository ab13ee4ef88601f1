import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { asked } from '../../host/asked.ts'
import { fromBase64 } from '../../host/base64.ts'
import type { LaunchSecurity } from './element.ts'

type Tdx = Extract<LaunchSecurity, { type: 'tdx' }>

/** Where Intel's service listens by itself (formatdomain, "quoteGenerationService"). */
const usualSocket = '/var/run/tdx-qgs/qgs.socket'

/** The attributes of the guest that may be set: bits 0 and 28 (formatdomain, "Launch Security", tdx). */
const knownAttributes = 0x1000_0001n

/** Bytes of a SHA-384 digest. */
const digestBytes = 48

const digests = { mrConfigId: 'mrconfigid', mrOwner: 'mrowner', mrOwnerConfig: 'mrownerconfig' } as const

export function tdxObject(tdx: Tdx, id: string): Properties {
  const properties = new Properties()
    .put('qom-type', 'tdx-guest', of(tdx, 'type'))
    .put('id', id, rule('launch-security/object'))
  for (const field of ['mrConfigId', 'mrOwner', 'mrOwnerConfig'] as const) {
    properties.put(digests[field], tdx[field], of(tdx, field))
  }
  const service = tdx.quoteGenerationService
  if (service) {
    const path = service.path === undefined ? rule('launch-security/quote-service') : of(service, 'path')
    const socket = new Properties()
      .put('type', 'unix', of(tdx, 'quoteGenerationService'))
      .put('path', service.path ?? usualSocket, path)
    properties.put('quote-generation-socket', socket, of(tdx, 'quoteGenerationService'))
  }
  return properties.put('attributes', tdx.policy, of(tdx, 'policy'))
}

/** Intel TDX needs a host and a QEMU that have it, and takes from the guest what its module cannot do (oracle: 12.8). */
export function checkTdx(tdx: Tdx, context: Context): void {
  checkAbility(tdx, context)
  const { features, os } = context.definition
  const refuse = (message: string, hint: string, at: object, field?: string, code = 'launch-security/tdx-conflict') =>
    context.error({ code, message, hint, at, ...(field && { field }) })
  if (((tdx.policy ?? 0n) & ~knownAttributes) !== 0n) {
    const message = 'Of the attributes of a TDX guest only bit 0 and bit 28 can be set.'
    refuse(message, 'Write a sum of 0x1 and 0x10000000.', tdx, 'policy', 'launch-security/tdx-policy')
  }
  for (const field of ['mrConfigId', 'mrOwner', 'mrOwnerConfig'] as const) {
    if (tdx[field] === undefined || fromBase64(tdx[field])?.length === digestBytes) continue
    const message = `${field} is no SHA-384 digest: ${digestBytes} bytes in base64.`
    refuse(message, 'Write 64 characters of base64.', tdx, field, 'launch-security/tdx-digest')
  }
  if (features?.ioapic?.driver === 'kvm') {
    refuse("A TDX guest's I/O APIC is QEMU's.", "Write <ioapic driver='qemu'/>.", features.ioapic, 'driver')
  }
  if (features?.pmu?.state === true) {
    refuse('A TDX guest has no performance counters.', "Write <pmu state='off'/>.", features.pmu, 'state')
  }
  if (features?.smm?.state === true) {
    refuse('A TDX guest has no system management mode.', "Write <smm state='off'/>.", features.smm, 'state')
  }
  if (os.loader?.type === 'pflash') {
    refuse('A TDX guest has no flash.', "Write <loader type='rom'>, or <os firmware='efi'>.", os.loader, 'type')
  }
}

/** A table of a QEMU that was asked on another machine cannot tell. */
function checkAbility(tdx: Tdx, context: Context): void {
  const { capabilities, host } = context
  if (capabilities.has('tdx-guest')) return
  if (capabilities.recordedOn !== 'host' && capabilities.versionAtLeast(10, 1)) {
    const able = host.tdx === true || undefined
    if (context.ask(asked.tdx, able, { at: tdx, when: 'define' }).standing !== 'absent') return
  }
  context.error({
    code: 'launch-security/tdx-unsupported',
    message: 'This QEMU, or the host it was asked on, has no Intel TDX (capability tdx-guest).',
    hint: 'Use a host with Intel TDX and QEMU 10.1 or later, or remove <launchSecurity>.',
    at: tdx,
  })
}
