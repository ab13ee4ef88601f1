import {
  dictionary,
  integer,
  type JsonSchema,
  list,
  oneOf,
  open,
  optional,
  record,
  text,
  union,
} from '../json/shape.ts'

const source = open(
  record(
    'Where a part comes from: a place in the XML, a rule, a capability, or a fact of the machine type or the host.',
    {
      kind: oneOf(
        'What it is.',
        'xml',
        'default',
        'implicit',
        'address',
        'rule',
        'capability',
        'machine',
        'host',
        'assumed',
      ),
    },
  ),
)
const common = { what: text('What it is for.'), sources: list('Where it comes from.', source) }
const words = list('Program and arguments.', text('A word.'))
const kind = <const K extends string>(name: K) => oneOf('What it is.', name)
const lasting = { schema: { type: 'boolean', description: 'It stays when the guest has ended.' } }
const action = (doc: string) => oneOf(doc, 'destroy', 'restart', 'preserve')

const content = union(
  'What the file holds.',
  'kind',
  record('32 random bytes, with which secrets are sealed.', { kind: kind('master-key') }),
  record('A copy.', { kind: kind('copy'), of: text('The file.') }),
  record('A secret, which is not shown.', { kind: kind('secret') }),
  record('A text.', { kind: kind('text'), text: text('The text.') }),
)

const need = record('What must be there before anything is started.', {
  kind: oneOf(
    'How: a program, a file that can be read or written, a folder, a pipe; nothing yet, or a socket on which nobody listens.',
    'program',
    'readable',
    'writable',
    'folder',
    'pipe',
    'absent',
    'free',
  ),
  path: text('A path, or the name of a program.'),
  hint: text('What to do where it is not.'),
  ...common,
})

const step = union(
  'What is made or started, in order.',
  'kind',
  record('A folder.', { kind: kind('folder'), path: text('Its path.'), lasting, ...common }),
  record('A file.', { kind: kind('file'), path: text('Its path.'), content, lasting, ...common }),
  record('A command that ends.', {
    kind: kind('command'),
    argv: words,
    fills: optional(text('The lasting folder that it makes; not run where it is there.')),
    undo: optional(words),
    ...common,
  }),
  record('A process beside QEMU.', {
    kind: kind('helper'),
    name: text('Its name.'),
    argv: words,
    socket: text('It is ready when it listens there.'),
    follows: { schema: { type: 'boolean', description: 'It ends by itself when QEMU hangs up.' } },
    ...common,
  }),
  record('A host function that is given to another driver.', {
    kind: kind('rebind'),
    address: text('Its PCI address.'),
    driver: text('The driver.'),
    ...common,
  }),
  record('A device that QEMU is handed open.', {
    kind: kind('descriptor'),
    fd: integer('The number of the descriptor.'),
    path: text('The file; {ifindex} stands for the index of the interface.'),
    interface: optional(text('A network device.')),
    ...common,
  }),
)

const said = union(
  'What is said and done before the guest runs, in order.',
  'kind',
  record('A command to the monitor.', {
    kind: kind('qmp'),
    execute: text('Its name.'),
    arguments: optional({ schema: { type: 'object', description: 'Its arguments; hidden where they are secret.' } }),
    secret: optional({ schema: { type: 'boolean', description: 'The arguments are secret.' } }),
    optional: optional({ schema: { type: 'boolean', description: 'The start goes on where QEMU refuses.' } }),
    ...common,
  }),
  record('A thread that is pinned.', {
    kind: kind('pin'),
    thread: { schema: { description: 'emulator, or the number of a virtual CPU, or the name of an I/O thread.' } },
    cpus: text('CPUs of the host, e.g. 0-3,8.'),
    ...common,
  }),
  record('A virtual CPU that is plugged in.', { kind: kind('plug-cpu'), vcpu: integer('Its number.'), ...common }),
)

const undone = open(
  record('What is undone at the end, in order.', { kind: oneOf('What.', 'end', 'remove', 'command', 'give-back') }),
)

const plan = record('What a start of a domain without libvirt needs (domxml run --dry-run --format json).', {
  name: text("The domain's name."),
  folders: record('Where its things lie.', { runtime: text('While it runs.'), state: text('What lasts.') }),
  needs: list('What must be there.', need),
  steps: list('What is made and started.', step),
  qemu: record('QEMU itself; secrets are ***.', {
    env: dictionary('Its environment.', text('A value.')),
    binary: text('The program.'),
    args: list('Its arguments.', text('A word.')),
  }),
  monitor: text('The socket of its monitor.'),
  dialogue: list('What is said to it.', said),
  console: optional(text("QEMU's name of the console.")),
  lifecycle: record('What happens when the guest stops.', {
    poweroff: action('It powers off.'),
    reboot: action('It reboots.'),
    crash: action('It crashes.'),
  }),
  undo: list('What is undone.', undone),
  differences: list(
    'What is not as libvirt has it.',
    record('A difference.', {
      kind: oneOf(
        'otherwise: in another way; missing: not at all; remark: as libvirt, and good to know.',
        'otherwise',
        'missing',
        'remark',
      ),
      ...common,
    }),
  ),
})

/** The JSON Schema of an explained plan; `schemas/launch.schema.json` is its print. */
export const launchSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'domxml launch plan',
  ...plan.schema,
}
