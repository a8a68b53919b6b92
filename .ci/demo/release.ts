// The release of a demo: the packed files of this checkout, as a pipeline would have them.

import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ROOT } from '../checkout.ts'
import { packCheckout } from '../pack.ts'
import { type Session, tell, title } from './session.ts'

/** Makes `release/`, and `source/` with the lockfile that it was made from. */
export function packRelease(session: Session): void {
  const { folder } = session
  title('Pack this checkout')
  mkdirSync(join(folder, 'packed'))
  const tarball = packCheckout(join(folder, 'packed'))
  // Its failure ends the demo.
  execFileSync('tar', ['-xzf', tarball, '-C', folder])
  // What signs and judges the release is the release itself, as it was packed.
  renameSync(join(folder, 'package'), join(folder, 'release'))
  cpSync(join(folder, 'release'), join(folder, '.program'), { recursive: true })
  session.use(join(folder, '.program/dist/cli/main.cjs'))
  mkdirSync(join(folder, 'source'))
  copyFileSync(join(ROOT, 'package-lock.json'), join(folder, 'source/package-lock.json'))
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'source/package.json'))
  tell(`${basename(tarball)}, unpacked to release/`)
}

/** Makes `SHA256SUMS` of the release, and `snapshot.json` of its source. */
export function describeRelease(session: Session): void {
  title('Digest it, and take a snapshot of what it was made from')
  session.assay('digest', 'release', '--out', 'SHA256SUMS')
  session.assay('snapshot', 'source', '--out', 'snapshot.json')
}
