export type { PackFiles } from './pack-archive.ts'
export { type PackReading, readPack } from './read-pack.ts'
export { writePack } from './write-pack.ts'
