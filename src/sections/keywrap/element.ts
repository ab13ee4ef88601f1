import { element } from '../../codec/element.ts'
import { many, required } from '../../codec/field.ts'
import { oneOf, onOff } from '../../codec/scalar.ts'

const cipher = element('cipher', 'A cipher whose keys may be wrapped.', {
  attributes: {
    name: required(oneOf('aes', 'dea'), { invalid: 'keywrap/cipher', doc: 'The cipher.' }),
    state: required(onOff, { doc: 'Whether the guest may.', invalid: 'keywrap/state' }),
  },
})

/** Management of protected keys (formatdomain, "Key Wrap"). */
export const keywrap = element(
  'keywrap',
  'Protected keys of s390.',
  { children: { cipher: many(cipher) } },
  {
    omitEmpty: true,
    settle: ({ fields, error }) => {
      const seen = new Set<string>()
      for (const { name } of fields.cipher as readonly { name: string | undefined }[]) {
        // One that cannot be read is told already.
        if (name === undefined) continue
        if (seen.has(name)) {
          error({
            code: 'keywrap/duplicate',
            message: `The cipher ${name} stands twice.`,
            hint: 'Remove one of the two.',
          })
        }
        seen.add(name)
      }
    },
  },
)
