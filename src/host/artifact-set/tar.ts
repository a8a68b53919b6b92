// The only door to `tar`.

export { Header, Parser, type ReadEntry } from 'tar'
