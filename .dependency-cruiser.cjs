/** The rooms of src, lowest first: a room imports only rooms below it (docs/architecture.md). */
const rooms = [
  ['diagnostic'],
  ['release'],
  ['xml', 'json'],
  ['origin'],
  ['codec'],
  ['argv', 'capabilities', 'cpu-facts', 'host', 'address'],
  ['machines', 'launch'],
]

const forbidden = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'slices-are-independent',
    comment: 'A slice reads others through Context; only definition.ts and the registries know all of them.',
    severity: 'error',
    from: { path: '^src/(devices|sections)/([^/]+)/' },
    to: { path: '^src/(devices|sections)/[^/]+/', pathNot: '^src/$1/$2/' },
  },
  {
    name: 'slices-below-pipeline',
    severity: 'error',
    from: {
      path: '^src/(devices|sections|fragments|context|rules|machines|address|topology)/',
      pathNot: '\\.test\\.ts$',
    },
    to: { path: '^src/(pipeline|cli|convert\\.ts|index\\.ts)' },
  },
  {
    name: 'pipeline-below-convert',
    severity: 'error',
    from: { path: '^src/pipeline/' },
    to: { path: '^src/(cli|convert\\.ts|index\\.ts)' },
  },
  {
    name: 'nothing-imports-the-cli',
    severity: 'error',
    from: { pathNot: '(^src/cli/|\\.test\\.ts$)' },
    to: { path: '^src/cli/' },
  },
  {
    name: 'protocol-only-at-the-edge',
    comment: 'What an editor asks is answered in src/lsp, which also runs in a browser.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cli/lsp/' },
    to: { path: 'vscode-languageserver' },
  },
  {
    name: 'codec-knows-no-libvirt',
    severity: 'error',
    from: { path: '^src/(xml|codec|origin|diagnostic)/' },
    to: { path: '^src/(release|capabilities|host|argv|fragments|context|devices|sections|machines|pipeline|vfio)/' },
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
    name: 'no-dev-dependency-in-src',
    severity: 'error',
    from: { path: '^src/', pathNot: '(\\.test\\.ts$|/testing[^/]*\\.ts$|\\.bench\\.ts$)' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
]

rooms.forEach((room, level) => {
  const above = rooms.slice(level + 1).flat()
  if (above.length === 0) return
  forbidden.push({
    name: `${room.join('-')}-below`,
    severity: 'error',
    from: { path: `^src/(${room.join('|')})/`, pathNot: '\\.test\\.ts$' },
    to: {
      path: `^src/(${above.join('|')}|fragments|context|devices|sections|pipeline)/`,
      dependencyTypesNot: ['type-only'],
    },
  })
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
