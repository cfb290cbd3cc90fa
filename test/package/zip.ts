/** Reads the files of a zip archive as vsce writes them: without encryption, and not larger than 4 GB. */
import { inflateRawSync } from 'node:zlib';

/** The contents of every file, by name. */
export function readZip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
  let entry = archive.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) =>
      archive.readUInt16LE(entry + at),
    );
    const afterName = entry + 46 + (nameLength ?? 0);
    files.set(archive.toString('utf8', entry + 46, afterName), contentOf(archive, entry));
    entry = afterName + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

function contentOf(archive: Buffer, entry: number): Buffer {
  const stored = archive.readUInt16LE(entry + 10) === 0;
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + size);
  return stored ? bytes : inflateRawSync(bytes);
}
