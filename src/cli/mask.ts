// The way to what masks secrets, by itself: what only shows its version starts without it.

export { maskSecrets } from '../statement/index.ts'
