import { createServer, Server } from 'http';
import type { AddressInfo } from 'net';
import { gunzipSync } from 'zlib';

/**
 * A server in the process of the test that receives OTLP, pushes to Loki or lines of JSON over HTTP, and passes on the
 * message of every log record.
 */
export class RecordingSink {
  public static async start(record: (body: string) => void): Promise<RecordingSink> {
    const sink = new RecordingSink(record);
    await new Promise<void>(resolve => sink.server.listen(0, resolve));
    return sink;
  }

  /** Whether the sink answers with 503. */
  public isUnavailable = false;

  private readonly server: Server;

  private constructor(record: (body: string) => void) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', chunk => chunks.push(chunk))
        .on('end', () => {
          if (this.isUnavailable) {
            response.writeHead(503).end();
            return;
          }
          const sent = Buffer.concat(chunks);
          const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
          const isOtlp = request.url === '/v1/logs';
          const isLoki = request.url === '/loki/api/v1/push';
          (isOtlp ? bodies(body) : messages(isLoki ? lokiLines(body) : body.toString('utf8'))).forEach(record);
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

/** The lines of all streams. */
function lokiLines(body: Buffer): string {
  const streams: { values: [time: string, line: string][] }[] = JSON.parse(body.toString('utf8')).streams;
  return streams.flatMap(({ values }) => values.map(([, line]) => line)).join('\n');
}

/** The field `message` of each line of JSON. */
function messages(lines: string): string[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line).message);
}

/**
 * ExportLogsServiceRequest.resource_logs.scope_logs.log_records.body.string_value, by the field numbers of OTLP.
 */
function bodies(message: Buffer): string[] {
  return [1, 2, 2, 5, 1]
    .reduce<Buffer[]>((found, field) => found.flatMap(part => fields(part, field)), [message])
    .map(bytes => bytes.toString('utf8'));
}

/** The length-delimited values of one field of a Protocol Buffers message. */
function fields(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = [];
  let offset = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = message[offset++];
      value += (byte % 128) * scale;
      if (byte < 128) {
        return value;
      }
      scale *= 128;
    }
  };
  while (offset < message.length) {
    const tag = varint();
    switch (tag % 8) {
      case 0:
        varint();
        break;
      case 1:
        offset += 8;
        break;
      case 5:
        offset += 4;
        break;
      default: {
        const length = varint();
        if (Math.floor(tag / 8) === wanted) {
          found.push(message.subarray(offset, offset + length));
        }
        offset += length;
      }
    }
  }
  return found;
}
