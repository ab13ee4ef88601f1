import { type AskedFact, asked } from '../src/host/asked.ts'
import { builtinHosts } from '../src/host/builtin/index.ts'
import { hostFileSchema } from '../src/host/file.ts'
import type { JsonSchema } from '../src/json/shape.ts'
import { writeGenerated } from './generated.ts'
import { hostExamples } from './host-examples.ts'

const introduction = `# The host file

What a domain becomes depends on the machine that it is defined and started on: its networks, firmware, processor, pools. \`--host FILE\` says what
that machine is. A fact of the host is one of three:

- **described**: the host file says so. What a list of the file leaves out is not there.
- **assumed**: nobody said anything, and a freshly installed libvirt has it so. It is used; one note a file lists all that was assumed, \`--explain\`
  shows it as \`assumed\`, and \`--strict-host\` makes it an error.
- **unknown**: nobody can guess it. \`validate\` lists it in the same note and goes on; \`argv\` refuses, and prints the lines for this file.

\`\`\`sh
domxml host record -o host.json                    # all of it, on the machine; as root where networks and pools are to be read
domxml host record --root /mnt/machine             # out of a folder or a mounted image
domxml host record --images guest.xml              # with the headers of the guest's images and of all below them
domxml host record --secrets                       # with the values of libvirt's secrets; never without being asked
domxml host record --redact                        # for a bug report: no serial numbers, MACs, names and addresses
domxml host diff before.json after.json            # what differs
domxml argv --host debian13 guest.xml              # a fresh Debian 13 instead of a file
domxml argv --host-cpu EPYC-Rome guest.xml         # only the processor, for host-model
\`\`\`

Hosts recorded so, with nothing added by hand, give what their libvirt gave: of a Debian 13 (libvirt 11.3) 494 of 497 command lines and 570 of
573 definitions are equal, of a Debian sid (libvirt 12.8) 456 of 459 and 528 of 530 (\`scripts/compare-live.ts\`).

Built-in hosts: ${Object.keys(builtinHosts)
  .map((name) => `\`${name}\``)
  .join(', ')}. A distribution that is named is taken at its word; what a fresh
installation of it does not have is unknown, not absent. \`generic\` is what is assumed without \`--host\`.

Every key may be missing. The JSON Schema is \`schemas/host.schema.json\`.
`

type Properties = Readonly<Record<string, JsonSchema>>

const propertiesOf = (schema: JsonSchema) => (schema.properties ?? {}) as Properties

const code = (text: string) => `\`${text}\``

/** A shape in a word or two. */
function typeOf(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${value}\``).join(' | ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items as JsonSchema)}`
  if (schema.type === 'object') return typeof schema.additionalProperties === 'object' ? 'free keys' : 'object'
  return String(schema.type)
}

/** The fields below a key, one line each. */
function fields(schema: JsonSchema, prefix = ''): string[] {
  const inner = schema.type === 'array' ? (schema.items as JsonSchema) : schema
  const choices = (inner.oneOf as readonly JsonSchema[] | undefined) ?? [inner]
  return choices.flatMap((choice) =>
    Object.entries(propertiesOf(choice)).flatMap(([name, field]) => {
      const path = `${prefix}${name}`
      return [
        `| ${code(path)} | ${typeOf(field).replaceAll('|', '\\|')} | ${field.description ?? ''} |`,
        ...fields(field, `${path}.`),
      ]
    }),
  )
}

/** Stands for whatever a question is about. */
const someone = { toString: () => '…', type: '…', usage: '…' }

/** What is asked of each key, in words. */
const questions = Object.values(asked).map((fact) =>
  typeof fact === 'function' ? (fact as (...about: never[]) => AskedFact)(someone as never, someone as never) : fact,
)

function section(key: string, schema: JsonSchema): string {
  const rows = fields(schema)
  const table = rows.length === 0 ? [] : ['', '| field | type | meaning |', '| --- | --- | --- |', ...rows]
  const guessed = questions.filter((fact) => fact.key === key || fact.key.startsWith(`${key}.`)).map(({ what }) => what)
  const asks = guessed.length === 0 ? [] : ['', `Asked for ${guessed.join(', ')}.`]
  const example = JSON.stringify({ [key]: hostExamples[key as keyof typeof hostExamples] }, null, 2)
  return [
    `## \`${key}\``,
    '',
    `${schema.description ?? ''} (${typeOf(schema)})`,
    ...asks,
    ...table,
    '',
    '```json',
    example,
    '```',
    '',
  ].join('\n')
}

const sections = Object.entries(propertiesOf(hostFileSchema)).map(([key, schema]) => section(key, schema))
writeGenerated('gen:host-docs', [{ path: 'docs/host.md', text: [introduction, ...sections].join('\n') }])
