import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { guest } from '../../src/lint/testing.ts'
import { bundle } from '../cli/run.ts'

/** Every test starts processes; a machine may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const action = fileURLToPath(new URL('../../scripts/action.sh', import.meta.url))
const wrong = "    <dsik type='file'/>\n"
const refused = guest({ top: "  <vcpu placement='satic'>1</vcpu>\n" })
let folder = ''

const file = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

function run(command: string, args: readonly string[], more: { input?: string; env?: object } = {}) {
  const env = { ...process.env, NO_COLOR: '1', ...more.env }
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8', input: more.input ?? '', env })
}

const lint = (...args: string[]) => run(process.execPath, [bundle(), 'lint', ...args])
const json = (...args: string[]) => {
  const { status, stdout, stderr } = lint('--format', 'json', ...args)
  const { findings, files, summary } = JSON.parse(stdout || '{}')
  const told = (findings ?? []).map((it: { file: string; code: string }) => `${it.file} ${it.code}`)
  return { status, stderr, told, files, summary }
}

beforeAll(() => {
  bundle()
  folder = mkdtempSync(join(tmpdir(), 'domxml-repository-'))
  run('git', ['init', '-q'])
  file(
    'domxml.yaml',
    'rules:\n  host/assumed: off\nignore: [vendor/]\noverrides:\n  - files: [lab/]\n    rules: { "element/*": off }\n',
  )
  file('.gitignore', 'build/\n*.tmp.xml\n!keep.tmp.xml\n')
  file('good.xml', guest())
  file('bad.xml', refused)
  file('network.xml', '<network><name>default</name></network>')
  file('vendor/theirs.xml', refused)
  file('build/made.xml', refused)
  file('a.tmp.xml', refused)
  file('keep.tmp.xml', guest())
  file('lab/odd.xml', guest({ devices: wrong }))
  file('deep/er/odd.xml', guest({ devices: wrong }))
  file('not.txt', 'no XML')
}, 120_000)

describe('a repository', () => {
  test('every file is looked at, but those that git or the configuration ignores', () => {
    const { status, told, files, summary } = json('.')
    expect(status).toBe(1)
    expect(told).toEqual(['bad.xml value/invalid', 'deep/er/odd.xml element/unknown'])
    expect(files.map((it: { file: string }) => it.file)).toEqual([
      ...['bad.xml', 'deep/er/odd.xml', 'good.xml', 'keep.tmp.xml', 'lab/odd.xml', 'network.xml'],
    ])
    expect(summary).toMatchObject({ foreign: 1, ignored: 1, errors: 1, warnings: 1 })
  })

  test.each([
    ['a warning does not fail', ['deep'], 0],
    ['but it may', ['--fail-on', 'warning', 'deep'], 1],
    ['nothing may', ['--fail-on', 'never', '.'], 0],
    ['other XML only', ['network.xml'], 0],
    ['ignored only', ['vendor/theirs.xml'], 0],
    ['no file at all', ['none/**/*.xml'], 2],
    ['which is allowed', ['--allow-empty', 'none/**/*.xml'], 0],
    ['an unknown option', ['--fial-on', 'error', '.'], 2],
    ['a contradiction', ['--qemu', '8.2', '--capabilities', 'x', '.'], 2],
    ['a missing file', ['gone.xml'], 1],
    ['a level by option', ['--rule', 'element/unknown=error', 'deep'], 1],
    ['a level that is none', ['--rule', 'element/unknown=loud', 'deep'], 2],
  ])('the exit status: %s', (_, args, status) => {
    expect(lint(...args).status).toBe(status)
  })

  test('one bad file does not stop the others', () => {
    const { told } = json('gone.xml', 'good.xml', 'not.txt', 'deep/er/odd.xml')
    expect(told).toEqual(['deep/er/odd.xml element/unknown', 'gone.xml file/missing', 'not.txt xml/text-outside-root'])
  })

  test('links in a circle are a file that cannot be read', () => {
    run('ln', ['-s', 'two.xml', 'one.xml'])
    run('ln', ['-s', 'one.xml', 'two.xml'])
    const { told } = json('one.xml', 'good.xml')
    for (const name of ['one.xml', 'two.xml']) rmSync(join(folder, name))
    expect(told).toEqual(['one.xml file/unreadable'])
  })

  test('a pipe is not waited for', () => {
    run('mkfifo', ['pipe.xml'])
    const { told } = json('pipe.xml', 'good.xml')
    rmSync(join(folder, 'pipe.xml'))
    expect(told).toEqual(['pipe.xml file/not-a-file'])
  })

  test('standard input has the name and the settings that it is given', () => {
    const args = [bundle(), 'lint', '--format', 'json', '--stdin-filename', 'lab/new.xml', '-']
    const { stdout, status } = run(process.execPath, args, { input: guest({ devices: wrong }) })
    expect([status, JSON.parse(stdout).files[0].file, JSON.parse(stdout).findings]).toEqual([0, 'lab/new.xml', []])
  })

  test('reports go to files as well, complete or not at all', () => {
    const { status } = lint('--output', 'sarif=out/a.sarif', '--output', 'junit=out/a.xml', '--quiet', '.')
    expect(status).toBe(1)
    expect(JSON.parse(read('out/a.sarif')).runs[0].results).toHaveLength(2)
    expect(read('out/a.xml')).toContain('<testsuite name="bad.xml"')
    rmSync(join(folder, 'out'), { recursive: true })
  })

  test('a broken configuration is said with its line, and nothing is checked', () => {
    file('other/domxml.yaml', 'rules:\n  disk/x: loud\nfail: true\n')
    file('other/a.xml', guest())
    const { status, stderr, stdout } = lint('other')
    rmSync(join(folder, 'other'), { recursive: true })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('domxml.yaml:2:')
    expect(stderr).toContain('config/unknown-key')
  })
})

describe('a baseline', () => {
  test('makes what is there known, and only that', () => {
    expect(lint('--baseline', 'known.json', '--write-baseline', '.').status).toBe(0)
    expect(json('--baseline', 'known.json', '.')).toMatchObject({ status: 0, told: [], summary: { known: 2, gone: 0 } })
    file('bad.xml', `\n<!-- moved -->\n${refused.replace('  <vcpu', '  <oss/>\n  <vcpu')}`)
    expect(json('--baseline', 'known.json', '.').told).toEqual(['bad.xml element/unknown'])
    file('bad.xml', guest())
    expect(json('--baseline', 'known.json', '.').summary).toMatchObject({ gone: 1 })
    file('bad.xml', refused)
  })

  test('that is not there is wrong usage', () => {
    expect(lint('--baseline', 'nowhere.json', '.').status).toBe(2)
  })
})

describe('--fix', () => {
  test('shows a diff that git takes, then mends in place and keeps every other byte', () => {
    const before = refused.replaceAll('\n', '\r\n')
    file('fix/me.xml', before)
    const { stdout: diff } = lint('--fix', '--dry-run', 'fix')
    expect(read('fix/me.xml')).toBe(before)
    expect(diff).toContain("+  <vcpu placement='static'>1</vcpu>")
    expect(lint('--fix', 'fix')).toMatchObject({ status: 0, stderr: expect.stringContaining('1 fixed') as unknown })
    expect(read('fix/me.xml')).toBe(before.replace('satic', 'static'))
    rmSync(join(folder, 'fix'), { recursive: true })
  })

  test('of standard input goes to standard output', () => {
    const { stdout } = run(process.execPath, [bundle(), 'lint', '--fix', '-'], { input: refused })
    expect(stdout).toBe(refused.replace('satic', 'static'))
  })
})

test('the script of the action: annotations, a report, the status', () => {
  const env = {
    DOMXML_COMMAND: `${process.execPath} ${bundle()}`,
    DOMXML_PATHS: '\n  good.xml\n  bad.xml\n',
    DOMXML_ARGS: '--quiet',
    DOMXML_SARIF: 'action.sarif',
    GITHUB_OUTPUT: join(folder, 'output'),
  }
  const { status, stdout } = run('bash', [action], { env })
  expect(status).toBe(1)
  expect(stdout).toMatch(/^::error file=bad\.xml,line=5,col=20,.*title=value\/invalid::/)
  expect(read('output')).toBe('status=1\nsarif=action.sarif\n')
  expect(JSON.parse(read('action.sarif')).runs[0].results).toHaveLength(1)
})
