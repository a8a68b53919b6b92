// Where a release goes, as its set subject says: `<channel>__<target>__<release>__<run>`.

import { parseArtifactSetId, type Statement } from '../../statement/index.ts'

/** The target of the artifact set; nothing where no set subject names one, or several do and disagree. */
export function targetOf({ subjects }: Statement): string | undefined {
  const targets = new Set<string>()
  for (const { name, digest } of subjects) {
    if (name == null || !Object.hasOwn(digest, 'dirHash')) continue
    const id = parseArtifactSetId(name)
    if (id.ok) targets.add(id.value.target)
  }
  const [target, ...others] = targets
  return others.length === 0 ? target : undefined
}
