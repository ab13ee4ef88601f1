import { escapeCommas } from '../../argv/key-value.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { parseUuid, uuidFrom } from '../../codec/uuid.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule, hostFact } from '../../origin/origin.ts'
import { identityClaims } from './claims.ts'

/** What the guest reads of itself in its SMBIOS tables is its UUID, where it has no other (oracle: 11.3 completes it so). */
function toldBySmbios({ definition }: Context): string | undefined {
  for (const info of definition.sysinfo) {
    if (info.type !== 'smbios') continue
    const entry = info.system?.entry.find(({ name }) => name === 'uuid')
    const read = entry?.value === undefined ? undefined : parseUuid(entry.value)
    if (typeof read === 'string') return read
  }
  return undefined
}

/** A UUID of version 4 from 16 random bytes, where nothing else names the guest. */
export const identitySection = {
  basic: [
    {
      name: 'identity/uuid',
      doc: 'A guest without a UUID gets the one of its SMBIOS system block, or a random one.',
      apply: (context) => {
        if (context.definition.uuid !== undefined) return
        const told = toldBySmbios(context)
        if (told !== undefined) {
          context.set(context.definition, 'uuid', told, defaultRule('identity/uuid-of-smbios'))
          return
        }
        context.set(
          context.definition,
          'uuid',
          uuidFrom(context.host.random.bytes(16, '/domain/uuid')),
          hostFact('random bytes'),
        )
      },
    },
    {
      name: 'identity/genid',
      doc: 'An empty generation id is filled from random bytes.',
      apply: (context) => {
        if (context.definition.genid !== '') return
        const id = uuidFrom(context.host.random.bytes(16, '/domain/genid'))
        context.set(context.definition, 'genid', id, hostFact('random bytes'))
      },
    },
  ],
  claims: identityClaims,
  validate: (context) => {
    if (context.definition.genid === undefined || context.capabilities.has('vmgenid')) return
    context.error({
      code: 'domain/genid-unsupported',
      message: 'This QEMU has no generation id (capability vmgenid).',
      hint: 'Use QEMU 2.9 or later on x86 or ARM, or remove <genid>.',
      field: 'genid',
    })
  },
  argv: {
    genid: ({ definition }, out) => {
      if (definition.genid === undefined) return
      out.device(
        new Properties()
          .put('driver', 'vmgenid', rule('identity/genid'))
          .put('guid', definition.genid, of(definition, 'genid'))
          .put('id', 'vmgenid0', rule('identity/genid')),
      )
    },
    name: ({ definition }, out) => {
      out.option('-name', [
        { text: `guest=${escapeCommas(definition.name)}`, from: of(definition, 'name') },
        { text: ',debug-threads=on', from: rule('identity/debug-threads') },
      ])
    },
    uuid: ({ definition }, out) => {
      const { hwuuid, uuid = '' } = definition
      out.text('-uuid', hwuuid ?? uuid, of(definition, hwuuid === undefined ? 'uuid' : 'hwuuid'))
    },
  },
} satisfies Section
