/**
 * The rooms of src, lowest first: a room imports only rooms of the levels below it, types counted (docs/architecture.md).
 * Descriptions of slices, which `definition.ts` imports, are told from their behaviour by what can be reached from there.
 */
const levels = [
  ['own.ts', 'staged.ts'],
  ['diagnostic/', 'version.ts'],
  ['release/', 'xml/', 'json/'],
  ['origin/'],
  ['codec/', 'capabilities/'],
  ['argv/', 'address/', 'fragments/', 'cpu-facts/'],
  ['host/'],
  ['launch/', 'vfio/'],
  ['definition.ts'],
  ['context/'],
  ['parts/', 'machines/'],
  ['devices/', 'sections/'],
  ['rules/', 'topology/'],
  ['pipeline/'],
  ['conversion.ts'],
  ['convert.ts'],
  ['launch.ts', 'lint/', 'lsp/'],
  ['index.ts', 'cli/'],
]

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'A type that is imported counts as well.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'slices-are-independent',
    comment: 'A slice reads others through Context; only definition.ts and the registries know all of them.',
    severity: 'error',
    from: { path: '^src/(devices|sections)/([^/]+)/' },
    to: { path: '^src/(devices|sections)/[^/]+/', pathNot: '^src/$1/$2/' },
  },
  {
    name: 'protocol-only-at-the-edge',
    comment: 'What an editor asks is answered in src/lsp, which also runs in a browser.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cli/lsp/' },
    to: { path: 'vscode-languageserver' },
  },
  {
    name: 'core-is-pure',
    comment: 'No file system, process or clock outside the edge: the core runs in a browser.',
    severity: 'error',
    from: {
      path: '^src/',
      pathNot: '(^src/cli/|^src/host/record|^src/capabilities/probe|\\.test\\.ts$|/testing\\.ts$)',
    },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'a-start-is-light',
    comment:
      'A command is declared without what it does, which is imported when it is called: --help loads all of them.',
    severity: 'error',
    from: { path: '^src/cli/(main|program|commands/)', pathNot: '\\.test\\.ts$' },
    to: {
      path: '^src/(cli/actions|xml|codec|host|devices|sections|pipeline|topology|convert)',
      dependencyTypesNot: ['dynamic-import', 'type-only'],
    },
  },
  {
    name: 'no-dev-dependency-in-src',
    severity: 'error',
    from: { path: '^src/', pathNot: '(\\.test\\.ts$|/testing[^/]*\\.ts$|\\.bench\\.ts$)' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
]

const escaped = (rooms) => rooms.map((room) => room.replaceAll('.', '\\.')).join('|')
const isTest = '(\\.test\\.ts$|\\.fixture\\.ts$|/testing[^/]*\\.ts$|\\.bench\\.ts$)'

levels.forEach((rooms, level) => {
  for (const room of rooms) {
    const above = levels.slice(level + 1).flat()
    const beside = rooms.filter((other) => other !== room)
    // Definitions are above the descriptions that they are made of, and below all that slices do.
    const elements = room === 'definition.ts' ? ['devices/', 'sections/'] : []
    const forbiddenRooms = [...above, ...beside].filter((other) => !elements.includes(other))
    if (forbiddenRooms.length === 0) continue
    forbidden.push({
      name: `above-${room}`,
      severity: 'error',
      from: { path: `^src/${escaped([room])}`, pathNot: isTest },
      to: { path: `^src/(${escaped(forbiddenRooms)})` },
    })
  }
})

forbidden.push({
  name: 'definitions-know-no-behaviour',
  comment: 'What definition.ts is made of, as far as it reaches, is description.',
  severity: 'error',
  from: { path: '^src/definition\\.ts$' },
  to: {
    path: `^src/(${escaped(levels.flat().filter((room) => !['own.ts', 'diagnostic/', 'release/', 'xml/', 'origin/', 'codec/', 'fragments/', 'devices/', 'sections/', 'definition.ts'].includes(room)))})`,
    reachable: true,
  },
})

forbidden.push({
  name: 'every-room-has-a-level',
  severity: 'error',
  from: {},
  to: { path: '^src/', pathNot: `^src/(${escaped(levels.flat())})` },
})

module.exports = {
  forbidden,
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
}
