import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'tpm/missing-backend': {
    why: 'The model is what the guest sees; behind it a TPM must do the work.',
    example: {
      in: 'devices',
      fails: "<tpm model='tpm-crb'/>",
      mended: `<tpm model='tpm-crb'>
  <backend type='emulator' version='2.0'/>
</tpm>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'tpm/version-model': {
    why: 'The command response buffer is an interface of TPM 2.0.',
    example: {
      in: 'devices',
      fails: `<tpm model='tpm-crb'>
  <backend type='emulator' version='1.2'/>
</tpm>`,
      mended: `<tpm model='tpm-crb'>
  <backend type='emulator' version='2.0'/>
</tpm>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
