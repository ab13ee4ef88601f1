import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Debian's releases whose packages the oracle takes. */
export type Suite = 'bookworm' | 'trixie' | 'sid'

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** The Debian mirror that this machine itself uses. */
function mirror(): string {
  for (const file of ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list']) {
    if (!existsSync(file)) continue
    const found = /^(?:URIs: *|deb (?:\[.*\] )?)(https?:\S*\/debian)\/?(?:\s|$)/m.exec(readFileSync(file, 'utf8'))
    if (found?.[1] !== undefined) return found[1]
  }
  return 'http://deb.debian.org/debian'
}

/** Installs the named packages of this Debian where their command is missing. */
export function need(commands: Readonly<Record<string, string>>): void {
  const missing = Object.entries(commands).filter(([path]) => !existsSync(path))
  if (missing.length === 0) return
  const names = [...new Set(missing.map(([, name]) => name))]
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...names]
  execFileSync('apt-get', install, { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

/**
 * Packages of a Debian release with all they depend on, unpacked into `folder` by this machine's apt, with lists and
 * caches of its own: nothing of the machine changes, and `chroot folder` runs what is in them.
 */
export function unpack(folder: string, suite: Suite, packages: readonly string[]): void {
  if (existsSync(join(folder, '.ready'))) return
  const apt = join(folder, '.apt')
  const root = join(folder, 'root')
  for (const path of ['lists/partial', 'archives/partial', 'etc']) mkdirSync(join(apt, path), { recursive: true })
  mkdirSync(root, { recursive: true })
  const sources = [`deb [signed-by=${keyring}] ${mirror()} ${suite} main`]
  if (suite !== 'sid') {
    sources.push(`deb [signed-by=${keyring}] ${mirror()}-security ${suite}-security main`)
  }
  writeFileSync(join(apt, 'sources.list'), `${sources.join('\n')}\n`)
  writeFileSync(join(apt, 'status'), '')
  const options = {
    'Dir::Etc::SourceList': join(apt, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': apt,
    'Dir::State::Lists': join(apt, 'lists'),
    'Dir::State::Status': join(apt, 'status'),
    'Dir::Cache': apt,
    'Dir::Cache::Archives': join(apt, 'archives'),
    'APT::Sandbox::User': 'root',
    'APT::Install-Recommends': 'false',
    'Debug::NoLocking': 'true',
  }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const stdio = ['ignore', 'ignore', 'inherit'] as const
  execFileSync('apt-get', [...flags, 'update', '-qq'], { stdio: [...stdio] })
  execFileSync('apt-get', [...flags, 'install', '-y', '-qq', '--download-only', ...packages], { stdio: [...stdio] })
  for (const part of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', part), { recursive: true })
    if (!existsSync(join(root, part))) symlinkSync(`usr/${part}`, join(root, part))
  }
  const archives = readdirSync(join(apt, 'archives')).filter((name) => name.endsWith('.deb'))
  for (const name of archives) unpackOne(join(apt, 'archives', name), root)
  writeFileSync(join(folder, '.ready'), `${archives.join('\n')}\n`)
}

/** tar keeps `/lib` and its like as the links they are; `dpkg-deb -x` would put folders in their place. */
function unpackOne(archive: string, root: string): void {
  const script = 'dpkg-deb --fsys-tarfile "$1" | tar --extract --keep-directory-symlink --directory "$2"'
  execFileSync('bash', ['-o', 'pipefail', '-c', script, 'unpack', archive, root])
}
