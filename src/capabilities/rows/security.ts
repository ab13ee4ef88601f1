import { all, answered, command, hostHas, listed, schema, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** TPMs, confidential guests, helpers with privileges. */
export const security = {
  'pr-manager-helper': row('persistent reservations by a helper (`<reservations>`)', type('pr-manager-helper')),
  's390-pv-guest': row("`<launchSecurity type='s390-pv'/>`", type('s390-pv-guest')),
  'sev-guest': row("`<launchSecurity type='sev'>`", answered('query-sev-capabilities')),
  'sev-guest-kernel-hashes': row(
    'measurement of a directly booted kernel (`<launchSecurity kernelHashes=>`)',
    schema('object-add/arguments/[sev-guest]/kernel-hashes'),
  ),
  'sev-inject-launch-secret': row('secret given to a measured guest', command('sev-inject-launch-secret')),
  'sev-snp-guest': row(
    "`<launchSecurity type='sev-snp'>`",
    all(type('sev-snp-guest'), answered('query-sev-capabilities')),
    { since: '10.5' },
  ),
  'spapr-tpm-proxy': row("`<tpm model='spapr-tpm-proxy'>`", type('spapr-tpm-proxy')),
  'tdx-guest': row(
    "`<launchSecurity type='tdx'>`",
    all(type('tdx-guest'), hostHas('tdx', 'kvm_intel runs guests of Intel TDX (its parameter `tdx`)')),
    { since: '11.6' },
  ),
  'tpm-crb': row("`<tpm model='tpm-crb'>`", listed('query-tpm-models', 'tpm-crb')),
  'tpm-emulator': row("`<backend type='emulator'>` of a TPM", listed('query-tpm-types', 'emulator')),
  'tpm-passthrough': row("`<backend type='passthrough'>` of a TPM", listed('query-tpm-types', 'passthrough')),
  'tpm-spapr': row("`<tpm model='tpm-spapr'>`", listed('query-tpm-models', 'tpm-spapr')),
  'tpm-tis': row("`<tpm model='tpm-tis'>`", listed('query-tpm-models', 'tpm-tis')),
} satisfies Rows
