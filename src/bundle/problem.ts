import type { Problem } from '../core/index.ts'

export type BundleProblem = Problem<
  | 'bundle/base64'
  | 'bundle/content'
  | 'bundle/empty'
  | 'bundle/hint'
  | 'bundle/json'
  | 'bundle/key-material'
  | 'bundle/limit'
  | 'bundle/line'
  | 'bundle/media-type'
  | 'bundle/member'
  | 'bundle/member-unknown'
  | 'bundle/payload-type'
  | 'bundle/signatures'
>
