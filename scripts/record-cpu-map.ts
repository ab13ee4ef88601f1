import { mkdirSync, writeFileSync } from 'node:fs'
import { Release } from '../src/release/release.ts'
import { readMap } from './cpu/map.ts'
import { namesOfQemu } from './cpu/qemu-names.ts'
import { urlOf } from './cpu/recorded.ts'

/**
 * `npm run record:cpu-map -- RELEASE MAP CACHES…`: keeps the map that a libvirt installs (/usr/share/libvirt/cpu_map) for
 * `npm run gen:cpu`. CACHES are folders of capability tables of the QEMUs of its time: they tell QEMU's names of features.
 */
const [release = '', map = '', ...caches] = process.argv.slice(2)
if (Release.parse(release) === undefined || caches.length === 0) {
  console.error('usage: npm run record:cpu-map -- RELEASE MAP CACHES…')
  process.exit(2)
}
const names = new Set(caches.flatMap((folder) => [...namesOfQemu(folder)]))
const families = readMap(map, names).map((family) => `  ${JSON.stringify(family, undefined, 1)}`)
mkdirSync(new URL('.', urlOf(release)), { recursive: true })
writeFileSync(urlOf(release), `{\n"since": "${release}",\n"families": [\n${families.join(',\n')}\n]}\n`)
