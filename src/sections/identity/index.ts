import { escapeCommas } from '../../argv/key-value.ts'
import { of, rule } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'
import { hostFact } from '../../origin/origin.ts'

/** A UUID of version 4 from 16 random bytes. */
function uuidFrom(bytes: Uint8Array): string {
  const digits = [...bytes].map((byte, index) => {
    const fixed = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
    return fixed.toString(16).padStart(2, '0')
  })
  const joined = digits.join('')
  return [0, 8, 12, 16, 20].map((start, i, starts) => joined.slice(start, starts[i + 1] ?? 32)).join('-')
}

export const identitySection = {
  basic: [
    {
      name: 'identity/uuid',
      apply: (context) => {
        if (context.definition.uuid !== undefined) return
        context.set(
          context.definition,
          'uuid',
          uuidFrom(context.host.random.bytes(16, '/domain/uuid')),
          hostFact('random bytes'),
        )
      },
    },
  ],
  argv: {
    name: ({ definition }, out) => {
      out.option('-name', [
        { text: `guest=${escapeCommas(definition.name)}`, from: of(definition, 'name') },
        { text: ',debug-threads=on', from: rule('identity/debug-threads') },
      ])
    },
    uuid: ({ definition }, out) => out.text('-uuid', definition.uuid ?? '', of(definition, 'uuid')),
  },
} satisfies Section
