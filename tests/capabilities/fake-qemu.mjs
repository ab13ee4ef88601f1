// A program that speaks QMP as QEMU does, and fails as the environment variable FAKE_QEMU tells it to.
import { createInterface } from 'node:readline'

const [behaviour = '', detail = ''] = (process.env.FAKE_QEMU ?? '').split(' ')
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)
const command = (name, more = {}) => ({ name, 'meta-type': 'command', 'arg-type': '0', 'ret-type': '0', ...more })
const commands = [
  'query-version',
  'query-target',
  'query-kvm',
  'query-qmp-schema',
  'qom-list-types',
  'device-list-properties',
  'query-machines',
  'query-cpu-definitions',
  'query-cpu-model-expansion',
  'query-sev-capabilities',
  'query-vnc',
]
const answers = {
  qmp_capabilities: () => ({}),
  'query-version': () => ({ qemu: { major: 9, minor: 1, micro: 2 }, package: 'fake' }),
  'query-target': () => ({ arch: 'x86_64' }),
  'query-kvm': () => ({ enabled: process.argv.join(' ').includes('kvm'), present: true }),
  'query-qmp-schema': () => [
    ...commands.map((name) => command(name)),
    { name: '0', 'meta-type': 'object', members: [] },
  ],
  'qom-list-types': () => [{ name: 'vfio-pci' }, { name: 'tcg-accel' }, { name: 'usb-host' }],
  'device-list-properties': ({ typename }) => (typename === 'vfio-pci' ? [{ name: 'vf-token', type: 'str' }] : []),
  'query-machines': () => [{ name: 'none' }, { name: 'pc-q35-9.1', alias: 'q35', 'cpu-max': 1024, 'is-default': true }],
  'query-cpu-definitions': () => [{ name: 'max', typename: 'max-x86_64-cpu', 'unavailable-features': [] }],
  'query-cpu-model-expansion': ({ model }) => ({
    model: { name: 'base', props: { sse: true, invtsc: model.props?.migratable === false } },
  }),
}

if (behaviour === 'silent') setInterval(() => {}, 1000)
else if (behaviour === 'stubborn') {
  process.on('SIGTERM', () => {})
  setInterval(() => {}, 1000)
} else if (behaviour === 'babble') process.stdout.write('Welcome to my program!\n'.repeat(3))
else if (behaviour === 'flood') setInterval(() => process.stdout.write('x'.repeat(1 << 20)), 1)
else if (behaviour === 'refuse') {
  process.stderr.write('fake: this host is not supported\n')
  process.exit(3)
} else {
  say({ QMP: { version: {}, capabilities: [] } })
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { execute, arguments: given = {}, id } = JSON.parse(line)
    if (execute === 'quit') process.exit(0)
    say({ event: 'NICE_DAY', data: {}, timestamp: { seconds: 0, microseconds: 0 } })
    if (detail !== '' && line.includes(detail)) {
      if (behaviour === 'crash') {
        process.stderr.write('fake: assertion failed\n')
        process.kill(process.pid, 'SIGABRT')
        return
      }
      if (behaviour === 'hang') return
      if (behaviour === 'truncate') {
        process.stdout.write('{"return": {"qemu"')
        process.exit(0)
      }
      if (behaviour === 'hostile') {
        process.stdout.write(
          `{"id": "${id}", "return": {"__proto__": {"arch": "x86_64"}, "qemu": [[1]], "package": 7}}\n`,
        )
        return
      }
    }
    const answer = answers[execute]
    if (answer === undefined) say({ id, error: { class: 'GenericError', desc: 'not today' } })
    else say({ return: answer(given), id })
  })
}
