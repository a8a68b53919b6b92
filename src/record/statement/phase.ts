// How ids and folders spell the phases of a release.

import type { Phase } from '../../policy/index.ts'

/** As record ids spell it: `post_deploy_smoke_verified`. */
export function phaseInId(phase: Phase): string {
  return phase.replaceAll('-', '_')
}

/** As the folders of a release spell it: `pre-deploy`, `post-deploy`. */
export function phaseFolder(phase: Phase): 'pre-deploy' | 'post-deploy' {
  return phase === 'pre-deploy-candidate' ? 'pre-deploy' : 'post-deploy'
}
