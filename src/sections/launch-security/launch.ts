import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** The guest owner's files are written by libvirt's daemon, and the processor's device is asked for. */
export function launchSecurity(context: Context, plan: LaunchBuilder): void {
  const security = context.definition.launchSecurity
  if (security?.type !== 'sev') return
  const folder = domainDirectory(context)
  const { dhCert, session } = security
  const file = (name: string, text: string | undefined, what: string, field: 'dhCert' | 'session') => {
    if (text !== undefined) plan.file(`${folder}/${name}.base64`, { kind: 'text', text }, what, of(security, field))
  }
  file('dh_cert', dhCert, "the guest owner's key", 'dhCert')
  file('session', session, "the guest owner's session", 'session')
  plan.writable('/dev/sev', "the processor's SEV", of(security, 'type'), 'Load kvm_amd with sev=1.')
}
