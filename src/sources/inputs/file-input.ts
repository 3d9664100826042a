import { type FileHandle, open } from 'node:fs/promises'
import { InputError } from '../input-file.ts'

/** Octets asked of the system at once: large enough that the copy, not the call, is the cost. */
const READ_OCTETS = 4 * 1024 * 1024

/** One sentence for an error of the file system; `path` is what the user wrote. */
export function fileErrorSentence(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return `${path} does not exist.`
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read by this user.`
  if (code === 'EISDIR') return `${path} is a folder.`
  if (code === 'ELOOP') return `${path} is a symbolic link to itself.`
  return `${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`
}

/** Octets of a regular file. A fresh buffer every time: readers keep parts of the last one. */
export async function* readFileChunks(path: string, onFailure: (sentence: string) => void): AsyncGenerator<Uint8Array> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw new InputError(fileErrorSentence(path, error))
  }
  try {
    let size = Math.min(READ_OCTETS, Math.max((await handle.stat()).size + 1, 4096))
    for (let at = 0; ; ) {
      const buffer = Buffer.allocUnsafeSlow(size)
      const { bytesRead } = await handle.read(buffer, 0, size, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
      size = bytesRead === size ? READ_OCTETS : size
    }
  } catch (error) {
    onFailure(fileErrorSentence(path, error))
  } finally {
    await handle.close()
  }
}
