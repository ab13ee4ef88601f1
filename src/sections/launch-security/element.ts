import { choice, element, type Infer } from '../../codec/element.ts'
import { child, optional, required, requiredText, textChild } from '../../codec/field.ts'
import { bigHex, cNumber, hex } from '../../codec/number.ts'
import { newer, nonEmpty, oneOf, text, yesNo } from '../../codec/scalar.ts'

const quoteGenerationService = element('quoteGenerationService', 'The service that signs reports of the guest.', {
  attributes: {
    path: optional(text, { keepsEmpty: true, doc: "Its UNIX socket; Intel's own place where absent." }),
  },
})

const digest = (what: string) => textChild(nonEmpty, { doc: `${what}, a SHA-384 digest in base64.` })

/** Guests whose memory the host cannot read (formatdomain, "Launch Security"). */
export const launchSecurity = element(
  'launchSecurity',
  'Keeps the host from reading the memory of the guest.',
  {
    attributes: {
      type: required(newer(oneOf('sev', 'sev-snp', 's390-pv', 'tdx'), { 'sev-snp': '10.5', tdx: '11.6' }), {
        doc: 'AMD SEV, AMD SEV-SNP, Secure Execution of IBM Z, or Intel TDX.',
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
        'sev-snp': {
          attributes: {
            kernelHashes: optional(yesNo, { doc: 'Whether a kernel that is booted directly is measured.' }),
            authorKey: optional(yesNo, { doc: "Whether <idAuth> holds the author's key." }),
            vcek: optional(yesNo, { doc: 'Whether the guest may have reports signed by the key of the chip version.' }),
          },
          children: {
            cbitpos: textChild(cNumber(), {
              doc: "The address bit that marks encrypted pages; the host's where absent.",
            }),
            reducedPhysBits: textChild(cNumber(), { doc: "Address bits that are lost; the host's where absent." }),
            policy: requiredText(bigHex(8), { doc: 'What the host may do with the guest, a 64-bit mask.' }),
            guestVisibleWorkarounds: textChild(nonEmpty, { doc: 'Workarounds that the guest sees, in base64.' }),
            idBlock: textChild(nonEmpty, { doc: 'The ID block in base64.' }),
            idAuth: textChild(nonEmpty, { doc: 'What authenticates the ID block, in base64.' }),
            hostData: textChild(nonEmpty, { doc: 'Data of the host that reports carry, in base64.' }),
          },
        },
        's390-pv': {},
        tdx: {
          children: {
            policy: textChild(bigHex(1), { doc: 'Attributes of the guest: bit 0 debug, bit 28 no #VE for EPT.' }),
            mrConfigId: digest('What the guest is configured as'),
            mrOwner: digest('Who owns the guest'),
            mrOwnerConfig: digest("The owner's configuration"),
            quoteGenerationService: child(quoteGenerationService),
          },
        },
      }),
    },
  },
  { ignored: { children: ['handle'] } },
)

export type LaunchSecurity = Infer<typeof launchSecurity>
