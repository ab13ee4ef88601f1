import { builtinBuilds } from '../../capabilities/builtin.ts'
import { versionText } from '../../capabilities/capabilities.ts'
import { columns } from './columns.ts'

export function listText(): string {
  const rows = builtinBuilds.map((build) => [
    build.arch,
    build.variant === undefined ? build.label : `${build.label}+${build.variant}`,
    versionText(build.version),
    build.package,
  ])
  return columns([['ARCH', 'QEMU', 'REPORTS', 'PACKAGE'], ...rows])
}

export function listData(): object[] {
  return builtinBuilds.map((build) => ({ ...build, version: versionText(build.version) }))
}
