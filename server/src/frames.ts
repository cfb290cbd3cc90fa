/**
 * Messages as they stand in a stream of bytes. What comes in: whole messages are let through, and whatever stands between them is
 * dropped. The protocol library gives up on a stream whose headers are out of step; a stray byte must not make a server deaf.
 * What goes out: the library writes header and body one after the other, and each write wakes the client.
 */
import { Transform, Writable } from 'node:stream';

/** The header of a message. No other header fields are in use than these two. */
const header = /content-length: *(?<length>\d+)\r\n(?:content-type:[^\r\n]*\r\n)?\r\n/i;

/** A header is shorter than this, so only as much has to be kept of what is none. In bytes. */
const longestHeader = 256;

/** A stream of bytes to a stream of messages, each with its header. */
export function messageFrames(): Transform {
  let rest: Buffer = Buffer.alloc(0);
  let missing = 0;

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      while (bytes.length > 0) {
        if (missing > 0) {
          const body = bytes.subarray(0, missing);
          this.push(body);
          missing -= body.length;
          bytes = bytes.subarray(body.length);
          continue;
        }
        const found = header.exec(bytes.toString('latin1'));
        if (!found) break;
        const end = found.index + found[0].length;
        missing = Number(found.groups?.['length']);
        this.push(`Content-Length: ${String(missing)}\r\n\r\n`);
        bytes = bytes.subarray(end);
      }
      rest = bytes.subarray(Math.max(0, bytes.length - longestHeader));
      done();
    },
  });
}

/** A stream that passes on each message in one piece; it takes header and body as the protocol library writes them. */
export function wholeMessages(output: Writable): Writable {
  let head: string | undefined;
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      if (typeof chunk === 'string') {
        head = (head ?? '') + chunk;
        done();
        return;
      }
      const message = head === undefined ? chunk : Buffer.concat([Buffer.from(head, 'latin1'), chunk]);
      head = undefined;
      output.write(message, done);
    },
  });
  output.on('error', (error) => stream.destroy(error));
  output.on('close', () => stream.destroy());
  return stream;
}
