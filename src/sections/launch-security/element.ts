import { choice, element, type Infer } from '../../codec/element.ts'
import { optional, required, requiredText, textChild } from '../../codec/field.ts'
import { cNumber, hex } from '../../codec/number.ts'
import { nonEmpty, oneOf, yesNo } from '../../codec/scalar.ts'

/** Guests whose memory the host cannot read (formatdomain, "Launch Security"). */
export const launchSecurity = element(
  'launchSecurity',
  'Keeps the host from reading the memory of the guest.',
  {
    attributes: {
      type: required(oneOf('sev', 's390-pv'), {
        doc: 'AMD SEV, or Secure Execution of IBM Z.',
        invalid: 'launch-security/type',
      }),
    },
    children: {
      by: choice('type', {
        sev: {
          attributes: {
            kernelHashes: optional(yesNo, { doc: 'Whether a kernel that is booted directly is measured.' }),
          },
          children: {
            cbitpos: textChild(cNumber(), {
              doc: "The address bit that marks encrypted pages; the host's where absent.",
            }),
            reducedPhysBits: textChild(cNumber(), { doc: "Address bits that are lost; the host's where absent." }),
            policy: requiredText(hex(4), { doc: 'What the host may do with the guest, a 32-bit mask.' }),
            dhCert: textChild(nonEmpty, { doc: "The guest owner's Diffie-Hellman key in base64." }),
            session: textChild(nonEmpty, { doc: "The guest owner's session in base64." }),
          },
        },
        's390-pv': {},
      }),
    },
  },
  { ignored: { children: ['handle'] } },
)

export type LaunchSecurity = Infer<typeof launchSecurity>
