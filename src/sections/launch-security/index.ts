import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import type { Section } from '../../context/unit.ts'
import { asked } from '../../host/asked.ts'
import { hostFact } from '../../origin/origin.ts'
import type { LaunchSecurity } from './element.ts'
import { launchSecurity } from './launch.ts'
import { checkTdx, tdxObject } from './tdx.ts'

type Sev = Extract<LaunchSecurity, { type: 'sev' }>
type Snp = Extract<LaunchSecurity, { type: 'sev-snp' }>

/** QEMU's name of the object that a machine takes its protection from. */
const id = 'lsec0'

/** What AMD's guests have in common. */
function amdObject(type: 'sev-guest' | 'sev-snp-guest', sev: Sev | Snp, context: Context): Properties {
  const known = context.capabilities.sev
  const from = (field: 'cbitpos' | 'reducedPhysBits') =>
    sev[field] === undefined ? hostFact("SEV's address bits") : of(sev, field)
  return new Properties()
    .put('qom-type', type, of(sev, 'type'))
    .put('id', id, rule('launch-security/object'))
    .put('cbitpos', sev.cbitpos ?? known?.cbitpos, from('cbitpos'))
    .put('reduced-phys-bits', sev.reducedPhysBits ?? known?.reducedPhysBits, from('reducedPhysBits'))
    .put('policy', sev.policy, of(sev, 'policy'))
}

function snpObject(snp: Snp, context: Context): Properties {
  const properties = amdObject('sev-snp-guest', snp, context)
    .put('guest-visible-workarounds', snp.guestVisibleWorkarounds, of(snp, 'guestVisibleWorkarounds'))
    .put('id-block', snp.idBlock, of(snp, 'idBlock'))
    .put('id-auth', snp.idAuth, of(snp, 'idAuth'))
    .put('host-data', snp.hostData, of(snp, 'hostData'))
    .put('kernel-hashes', snp.kernelHashes, of(snp, 'kernelHashes'))
    .put('author-key-enabled', snp.authorKey, of(snp, 'authorKey'))
  return properties.put('vcek-disabled', snp.vcek === undefined ? undefined : !snp.vcek, of(snp, 'vcek'))
}

function sevObject(sev: Sev, context: Context): Properties {
  const properties = amdObject('sev-guest', sev, context)
  const folder = domainDirectory(context)
  if (sev.dhCert !== undefined) properties.put('dh-cert-file', `${folder}/dh_cert.base64`, of(sev, 'dhCert'))
  if (sev.session !== undefined) properties.put('session-file', `${folder}/session.base64`, of(sev, 'session'))
  return properties.field('kernel-hashes', sev, 'kernelHashes')
}

const flagOf = { sev: 'sev-guest', 'sev-snp': 'sev-snp-guest' } as const

function checkSev(sev: Sev | Snp, context: Context): void {
  const { capabilities } = context
  const needs = flagOf[sev.type]
  if (!capabilities.has(needs)) {
    // A table of a QEMU that was asked on another machine cannot tell.
    if (capabilities.recordedOn !== 'host' && context.host.standing('amdSev') !== 'described') {
      context.ask(asked.sev, undefined, { at: sev, when: 'define' })
      return
    }
    context.error({
      code: 'launch-security/sev-unsupported',
      message: `This QEMU, or the host it was asked on, has no ${sev.type.toUpperCase()} (capability ${needs}).`,
      hint: 'Use a host with AMD SEV, or remove <launchSecurity>.',
      at: sev,
    })
    return
  }
  if (sev.kernelHashes === true && !capabilities.has('sev-guest-kernel-hashes')) {
    context.error({
      code: 'launch-security/kernel-hashes-unsupported',
      message: 'This QEMU cannot measure a kernel (capability sev-guest-kernel-hashes).',
      hint: 'Use QEMU 6.2 or later.',
      at: sev,
      field: 'kernelHashes',
    })
  }
  for (const field of ['cbitpos', 'reducedPhysBits'] as const) {
    if (sev[field] === undefined) context.ask(asked.sev, capabilities.sev?.[field], { at: sev })
  }
}

function checkSecureExecution(security: LaunchSecurity, context: Context): void {
  const { capabilities, host } = context
  const able = host.secureGuest || undefined
  if (context.ask(asked.secureGuest, able, { at: security, when: 'define' }).standing === 'unknown') return
  if (host.secureGuest && capabilities.has('confidential-guest-support') && capabilities.has('s390-pv-guest')) return
  context.error({
    code: 'launch-security/s390-pv-unsupported',
    message: 'Secure Execution needs a host and a QEMU that have it (capability s390-pv-guest).',
    hint: 'Use IBM z15 or later and QEMU 6.0 or later, or remove <launchSecurity>.',
    at: security,
  })
}

export const launchSecuritySection = {
  validate: (context) => {
    const security = context.definition.launchSecurity
    if (security?.type === 'sev' || security?.type === 'sev-snp') checkSev(security, context)
    else if (security?.type === 'tdx') checkTdx(security, context)
    else if (security) checkSecureExecution(security, context)
  },
  contribute: ({ capabilities, definition }, { machine }) => {
    const security = definition.launchSecurity
    if (security === undefined) return
    const key = capabilities.has('confidential-guest-support') ? 'confidential-guest-support' : 'memory-encryption'
    machine.put(key, id, of(security, 'type'))
  },
  argv: {
    object: (context, out) => {
      const security = context.definition.launchSecurity
      if (security === undefined) return
      if (security.type === 'sev') out.object(sevObject(security, context))
      else if (security.type === 'sev-snp') out.object(snpObject(security, context))
      else if (security.type === 'tdx') out.object(tdxObject(security, id))
      else
        out.object(
          new Properties()
            .put('qom-type', 's390-pv-guest', of(security, 'type'))
            .put('id', id, rule('launch-security/object')),
        )
    },
  },
  launch: launchSecurity,
} satisfies Section
