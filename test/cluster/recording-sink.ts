import { createServer, Server } from 'http';
import type { AddressInfo } from 'net';
import { gunzipSync } from 'zlib';

/**
 * A server for OTLP and for lines of JSON over HTTP, in the test's own process, that hands on the message of every log
 * record.
 */
export class RecordingSink {
  public static async start(record: (body: string) => void): Promise<RecordingSink> {
    const sink = new RecordingSink(record);
    await new Promise<void>(resolve => sink.server.listen(0, resolve));
    return sink;
  }

  /** Answers 503 while it is true. */
  public away = false;

  private readonly server: Server;

  private constructor(record: (body: string) => void) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', chunk => chunks.push(chunk))
        .on('end', () => {
          if (this.away) {
            response.writeHead(503).end();
            return;
          }
          const sent = Buffer.concat(chunks);
          const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
          const isOtlp = request.url === '/v1/logs';
          (isOtlp ? bodies(body) : messages(body)).forEach(record);
          response.writeHead(200, isOtlp ? { 'content-type': 'application/x-protobuf' } : {}).end();
        });
    });
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** The field `message` of each line of JSON. */
function messages(body: Buffer): string[] {
  return body
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line).message);
}

/**
 * ExportLogsServiceRequest.resource_logs.scope_logs.log_records.body.string_value, by their numbers in the protocol.
 */
function bodies(message: Buffer): string[] {
  return [1, 2, 2, 5, 1]
    .reduce<Buffer[]>((found, field) => found.flatMap(one => fields(one, field)), [message])
    .map(bytes => bytes.toString('utf8'));
}

/** The values of one field of a message of Protocol Buffers, where they have a length. */
function fields(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = message[at++];
      value += (byte % 128) * scale;
      if (byte < 128) {
        return value;
      }
      scale *= 128;
    }
  };
  while (at < message.length) {
    const tag = varint();
    switch (tag % 8) {
      case 0:
        varint();
        break;
      case 1:
        at += 8;
        break;
      case 5:
        at += 4;
        break;
      default: {
        const length = varint();
        if (Math.floor(tag / 8) === wanted) {
          found.push(message.subarray(at, at + length));
        }
        at += length;
      }
    }
  }
  return found;
}
