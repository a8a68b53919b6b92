// The licence texts of the packages whose code is inside the bundle, as their licences ask.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../checkout.ts'

/** One notice for each package folder; a package without a licence text names its licence. */
export function renderNotices(folders: readonly string[]): string {
  const notices = folders.map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
    ) as { name: string; version: string; license: string }
    return [`${name} ${version} (${license})`, '', licenceText(folder)].join('\n').trimEnd()
  })
  return `This program contains code of these packages.\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

function licenceText(folder: string): string {
  const [file] = readdirSync(join(ROOT, folder))
    .filter((name) => /^(?:licen[cs]e|copying)/i.test(name))
    .toSorted()
  return file === undefined ? '' : readFileSync(join(ROOT, folder, file), 'utf8')
}
