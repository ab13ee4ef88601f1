import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { domxml, fileWith, guest } from './run.ts'

beforeAll(() => {
  domxml(['--version'])
}, 60_000)

describe('several files', () => {
  const [one, other] = [fileWith(guest()), fileWith(guest())]
  const named = (path: string) => `<!-- ${path.replaceAll('--', '- -')} -->`

  test('format tells definitions apart, one alone stands as it is', () => {
    const { stdout } = domxml(['format', one, other])
    expect(stdout.split('\n').filter((line) => line.startsWith('<!--'))).toEqual([named(one), named(other)])
    expect(domxml(['format', one]).stdout).toMatch(/^<domain/)
  })

  test('--out-dir writes one file a domain, and nothing else', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'domxml-out-')), 'new')
    try {
      const { status, stdout } = domxml(['argv', '--format', 'lines', '--out-dir', folder, one])
      expect([status, stdout]).toEqual([0, ''])
      const [name = '', ...others] = readdirSync(folder)
      expect([name.endsWith('.args'), others]).toEqual([true, []])
      expect(readFileSync(join(folder, name), 'utf8')).toBe(domxml(['argv', '--format', 'lines', one]).stdout)
    } finally {
      rmSync(dirname(folder), { recursive: true })
    }
  })

  test('two inputs of one name are not written over each other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'domxml-out-'))
    try {
      const { status, stderr } = domxml(['format', '--out-dir', folder, one, one])
      expect(status).toBe(2)
      expect(stderr).toContain('would both be')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('completions', () => {
  test.each(['bash', 'zsh', 'fish', 'powershell'])('there is a script for %s', (shell) => {
    expect(domxml(['completions', shell]).stdout).toContain('domxml')
  })

  test('commands, options and their choices are offered', () => {
    const offered = (...words: string[]) => domxml(['complete', '--', ...words]).stdout
    expect(offered('li')).toMatch(/^lint\t/m)
    expect(offered('lint', '--fleet')).toContain('--fleet')
    expect(offered('lint', '--format', 'sa')).toMatch(/^sarif/)
  })
})
