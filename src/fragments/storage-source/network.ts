import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { many, optional, required } from '../../codec/field.ts'
import { big, integer, unsetAtZero } from '../../codec/number.ts'
import { nonEmpty, oneOf, text, yesNo } from '../../codec/scalar.ts'

export const protocols = oneOf(
  'nbd',
  'rbd',
  'sheepdog',
  'gluster',
  'iscsi',
  'http',
  'https',
  'ftp',
  'ftps',
  'tftp',
  'ssh',
  'vxhs',
  'nfs',
)

export const host = element(
  'host',
  'A server of the source.',
  {
    attributes: {
      name: optional(text, { keepsEmpty: true, doc: 'Name or address of the server.' }),
      port: optional(unsetAtZero(integer({ max: 65535 })), {
        keepsEmpty: true,
        doc: "Port; the protocol's own where absent.",
      }),
      transport: optional(oneOf('tcp', 'rdma', 'unix'), {
        doc: 'How the server is reached; tcp where absent.',
        omit: (it) => it === 'tcp',
      }),
      socket: optional(text, { keepsEmpty: true, doc: 'Path of the socket, for the transport unix.' }),
    },
  },
  {
    settle: ({ fields, node, error }) => {
      const unix = fields.transport === 'unix'
      if (unix) {
        fields.name = undefined
        fields.port = undefined
      }
      const socket = node.attributes.some(({ name }) => name === 'socket')
      if (unix && !socket) {
        error({
          code: 'source/host-without-socket',
          message: 'The transport unix has no socket.',
          hint: "Add socket='/path'.",
        })
      } else if (!unix && socket) {
        error({
          code: 'source/host-with-socket',
          message: 'A socket goes with the transport unix only.',
          hint: "Add transport='unix', or name the server with name and port.",
          attribute: 'socket',
        })
      } else if (!unix && !node.attributes.some(({ name }) => name === 'name')) {
        error({
          code: 'source/host-without-name',
          message: 'The server of the source has no name.',
          hint: "Add name='server.example.org', or transport='unix' and its socket.",
        })
      }
    },
  },
)

export const snapshot = element('snapshot', 'A snapshot inside the source.', {
  attributes: { name: required(nonEmpty, { doc: 'Its name.' }) },
})

export const config = element('config', 'A configuration file of the client.', {
  attributes: { file: required(nonEmpty, { doc: 'Path of the file.' }) },
})

const iqn = element('iqn', 'A name in the iSCSI world.', {
  attributes: { name: optional(nonEmpty, { doc: 'The qualified name (iqn.…).' }) },
})

/** One without a name is none (oracle: 11.3, 12.8). */
export const initiator = element(
  'initiator',
  "The client's own iSCSI name.",
  { children: { iqn: many(iqn) } },
  {
    omitEmpty: true,
    settle: ({ fields }) => {
      const names = fields.iqn as Infer<typeof iqn>[]
      names.splice(0, names.length, ...names.filter(({ name }) => name !== undefined))
    },
  },
)

export const ssl = element(
  'ssl',
  "How the server's certificate is treated.",
  {
    attributes: { verify: optional(yesNo, { doc: 'no: any certificate will do.' }) },
  },
  { omitEmpty: true },
)

const cookie = element('cookie', 'One cookie.', {
  attributes: { name: required(nonEmpty, { doc: 'Its name.' }) },
  value: text,
})

export const cookies = element(
  'cookies',
  'Cookies sent to an HTTP server.',
  { children: { cookie: many(cookie) } },
  { omitEmpty: true },
)

export type Cookies = Infer<typeof cookies>

/** What a name and a value may not have (RFC 6265; oracle: 11.3, each ASCII character asked); a value may be quoted as a whole. */
const notInName = /[\s"(),/:;<=>?@[\]{}\\]/
const notInValue = /[\s",;\\]/

export function checkCookies(given: Cookies | undefined, error: Settling['error']): void {
  const refuse = (code: string, message: string, hint: string) => error({ code: `source/${code}`, message, hint })
  const seen = new Set<string>()
  for (const { name, value = '' } of given?.cookie ?? []) {
    // One without a name is told already.
    if (name === undefined) continue
    if (notInName.test(name) || notInValue.test(value.replace(/^"(.*)"$/, '$1'))) {
      refuse(
        'cookie-characters',
        `The cookie ${name} has characters that no cookie can have.`,
        'Encode them, as %2C for a comma.',
      )
    }
    if (value === '') refuse('cookie-empty', `The cookie ${name} has no value.`, 'Give it one, or remove it.')
    if (seen.has(name)) refuse('cookie-twice', `The cookie ${name} stands twice.`, 'Keep one.')
    seen.add(name)
  }
}

/** Zero says nothing (oracle: 11.3, 12.8). */
export const timeout = element(
  'timeout',
  'How long a request may take.',
  { attributes: { seconds: required(unsetAtZero(big()), { doc: 'Seconds.' }) } },
  { omitWhere: ({ seconds }) => seconds === undefined },
)

export const readahead = element(
  'readahead',
  'How much is read ahead.',
  { attributes: { size: required(unsetAtZero(big()), { doc: 'Bytes.' }) } },
  { omitWhere: ({ size }) => size === undefined },
)

export const reconnect = element(
  'reconnect',
  'What happens when the server goes away.',
  {
    attributes: {
      delay: optional(unsetAtZero(integer()), { doc: 'Seconds that requests wait for a new connection.' }),
    },
  },
  { omitEmpty: true, ignored: { attributes: ['enabled', 'timeout'] } },
)

export const knownHosts = element('knownHosts', 'File with the keys of known SSH servers.', {
  attributes: { path: required(nonEmpty, { doc: 'Path of the file.' }) },
})

export const identity = element(
  'identity',
  'As whom the source is opened.',
  {
    attributes: {
      user: optional(text, { doc: 'NFS: user, or +UID.' }),
      group: optional(text, { doc: 'NFS: group, or +GID.' }),
      username: optional(text, { doc: 'SSH: user.' }),
      keyfile: optional(text, { doc: 'SSH: private key.' }),
      agentsock: optional(text, { doc: 'SSH: socket of the agent.' }),
    },
  },
  { omitEmpty: true },
)

export type NetworkHost = Infer<typeof host>
export type Identity = Infer<typeof identity>
export type Protocol = Exclude<ReturnType<typeof protocols.parse>, { readonly problem: string }>
