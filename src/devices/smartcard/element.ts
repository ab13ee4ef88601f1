import { element, type Infer } from '../../codec/element.ts'
import { optional, required, textChild, textChildren } from '../../codec/field.ts'
import { nonEmpty, oneOf } from '../../codec/scalar.ts'
import {
  chardevBy,
  chardevIgnored,
  chardevLog,
  chardevType,
  settleUnlabelled,
} from '../../fragments/chardev/element.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

/** formatdomain, "Smartcard devices". */
export const smartcard = element(
  'smartcard',
  'A smartcard in a reader of the guest.',
  {
    attributes: {
      mode: required(oneOf('host', 'host-certificates', 'passthrough'), {
        doc: "host: the host's card; host-certificates: a card made of certificates; passthrough: a card behind a connection.",
      }),
      type: optional(chardevType, { doc: 'passthrough: the way to the card.' }),
    },
    children: {
      certificate: textChildren(nonEmpty, { doc: 'host-certificates: names of three certificates.' }),
      database: textChild(nonEmpty, { doc: 'host-certificates: folder of the NSS database.' }),
      by: chardevBy,
      log: chardevLog,
      ...plainDeviceInfo,
    },
  },
  {
    ignored: chardevIgnored,
    settle: (settling) => {
      const { fields, error } = settling
      const certificates = fields.certificate as readonly string[]
      if (fields.mode === 'host-certificates') {
        if (certificates.length !== 3) {
          error({
            code: 'smartcard/certificates',
            message: `A card of certificates has three of them, here are ${certificates.length}.`,
            hint: 'Write three <certificate> elements.',
          })
        }
        if (typeof fields.database === 'string' && !fields.database.startsWith('/')) {
          error({
            code: 'smartcard/database',
            message: 'The database of certificates is no absolute path.',
            hint: 'Write the full path of its folder.',
          })
        }
      } else {
        fields.certificate = []
        fields.database = undefined
      }
      if (fields.mode !== 'passthrough') {
        fields.type = undefined
        fields.log = undefined
      } else if (fields.type === undefined) {
        error({
          code: 'smartcard/passthrough-without-type',
          message: 'A card that is passed through needs the way to it.',
          hint: "Add type='spicevmc', or another type and its <source>.",
        })
      } else settleUnlabelled(settling)
    },
  },
)

export type Smartcard = Infer<typeof smartcard>
