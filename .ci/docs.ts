// `npm run docs [-- --check]`: writes the pages that are made from the sources, or says which of them are stale.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { ROOT } from './checkout.ts'
import { renderCommandPages } from './docs/command-pages.ts'
import { renderErrorPages } from './docs/error-pages.ts'

/** Folders that hold generated pages alone. */
const FOLDERS = ['docs/cli', 'docs/errors']

const check = process.argv.includes('--check')
const pages = new Map([...(await renderCommandPages()), ...renderErrorPages()])
const left = FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name))),
  )
  .filter((path) => !pages.has(path))

for (const [path, page] of pages) {
  const file = join(ROOT, path)
  const fresh = existsSync(file) && readFileSync(file, 'utf8') === page
  report(path, fresh, () => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, page)
  })
}
for (const path of left) report(path, false, () => rmSync(join(ROOT, path)))

function report(path: string, fresh: boolean, mend: () => void): void {
  if (check && !fresh) {
    process.stderr.write(`error: ${path} is stale\n\nhint: npm run docs\n`)
    process.exitCode = 1
  }
  if (!check && !fresh) mend()
  process.stdout.write(`${path}: ${fresh ? 'fresh' : check ? 'stale' : 'mended'}\n`)
}
