import { createServer, IncomingMessage, request, Server, ServerResponse } from 'http';
import type { AddressInfo } from 'net';
import { BackupNamespace, Edit, ENDPOINT, JobResult, script } from './backups';
import { sleep } from './cluster';
import { BackupDestination } from '../../src';

/** Returns whether a proxy answers a request itself. Otherwise the request goes to the object store. */
type Fault = (message: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

const NO_FAULT: Fault = () => false;

/** A proxy in this process before the object store. Pods reach it at the address of the node. */
class FaultyStore {
  public fault = NO_FAULT;
  /** The methods and paths of the requests since the fault was set. */
  public readonly requests: string[] = [];
  private readonly server: Server;

  constructor(private readonly upstream: URL) {
    this.server = createServer((message, response) => {
      this.requests.push(`${message.method} ${message.url}`);
      void Promise.resolve(this.fault(message, response)).then(isAnswered => {
        if (!isAnswered) {
          this.forward(message, response);
        }
      });
    });
  }

  public async listen(): Promise<number> {
    await new Promise<void>(resolve => this.server.listen(0, '0.0.0.0', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  public set(fault: Fault): void {
    this.fault = fault;
    this.requests.length = 0;
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** The signature of a request covers the host, so that all headers stay as they are. */
  private forward(message: IncomingMessage, response: ServerResponse): void {
    const { hostname: host, port } = this.upstream;
    const { method, url: path, headers } = message;
    const forwarded = request({ host, port, method, path, headers }, answer => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    message.pipe(forwarded);
  }
}

type Kind = (message: IncomingMessage) => boolean;

/** Answers requests of a kind with an error of the object store. */
function answers(status: number, code: string, isMeant: Kind = () => true): Fault {
  return (message, response) => {
    if (isMeant(message)) {
      message.resume();
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    }
    return isMeant(message);
  };
}

/** Lets a fault answer a number of requests, and no more. */
function first(count: number, fault: Fault): Fault {
  let rest = count;
  return async (message, response) => rest > 0 && (await fault(message, response)) && rest-- > 0;
}

const to =
  (pattern: RegExp): Kind =>
  ({ method, url }) =>
    pattern.test(`${method} ${url}`);
const upload = to(/^PUT /);
const uploadOfDump = to(/^PUT .*database-0/);
const rename: Kind = ({ headers }) => headers['x-amz-copy-source'] !== undefined;

const storesNothing: Fault = (message, response) => {
  if (uploadOfDump(message)) {
    message.resume();
    response.writeHead(200, { etag: '"0"' });
    response.end();
  }
  return uploadOfDump(message);
};

const breaksOff: Fault = message => {
  if (uploadOfDump(message)) {
    message.once('data', () => message.socket.destroy());
  }
  return uploadOfDump(message);
};

const neverAnswers: Fault = message => {
  message.resume();
  return true;
};

const isSlow: Fault = async () => {
  await sleep(1000);
  return false;
};

let backups: BackupNamespace;
let store: FaultyStore;

beforeAll(async () => {
  backups = new BackupNamespace('lies-s3');
  const { clusterIP } = backups.namespace.get('service', '-n', 's3', 's3').spec;
  const [node] = backups.namespace.get('nodes').items;
  const address = node.status.addresses.find(({ type }: any) => type === 'InternalIP').address;
  store = new FaultyStore(new URL(ENDPOINT.replace(/\/\/[^:/]+/, `//${clusterIP}`)));
  const port = await store.listen();
  backups.namespace.apply(chart => {
    const orders = backups.database(chart, 'orders');
    const destination: BackupDestination = backups.destination('s3', `http://${address}:${port}`);
    backups.backup(chart, orders, 'proxied', { destination, retention: { keepLast: 2 } });
    backups.rclone(chart);
  });
  backups.namespace.rolledOut('statefulset/test-orders');
  backups.namespace.rolledOut('deployment/test-rclone');
  backups.sql('test-orders', 'create table orders as select i, md5(i::text) from generate_series(1, 20000) i');
  expect(await backups.run('test-proxied')).toMatchObject({ succeeded: true });
  expect(await backups.run('test-proxied-trial')).toMatchObject({ succeeded: true });
});
afterAll(() => {
  store.close();
  backups.delete();
});
afterEach(() => store.set(NO_FAULT));

/** Gives up as soon as the retries of rclone would take minutes. */
const IMPATIENT: Edit = script(
  'export LC_ALL=C',
  'export RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES=2 RCLONE_TIMEOUT=5s RCLONE_CONTIMEOUT=5s LC_ALL=C',
);

async function backUp(fault: Fault, ...edits: Edit[]): Promise<JobResult> {
  store.set(fault);
  const result = await backups.run('test-proxied', ...edits);
  expect(store.requests.length).toBeGreaterThan(0);
  store.set(NO_FAULT);
  return result;
}

test.each<[string, Fault]>([
  ['refuses uploads with 403', answers(403, 'AccessDenied', upload)],
  ['answers uploads with 500', answers(500, 'InternalError', upload)],
  ['answers 503 SlowDown for good', answers(503, 'SlowDown')],
  ['answers lists with 500', answers(500, 'InternalError', to(/^GET \/[^/?]+\?.*prefix=/))],
  ['refuses the dump', answers(403, 'AccessDenied', uploadOfDump)],
  ['refuses the manifest', answers(403, 'AccessDenied', to(/^PUT .*\/manifest/))],
  ['refuses to rename', answers(403, 'AccessDenied', rename)],
  ['is full', answers(507, 'StorageFull', uploadOfDump)],
  ['says that it stored the dump, and stores nothing', storesNothing],
  ['ends the connection in the middle of the dump', breaksOff],
  ['never answers', neverAnswers],
])('a backup fails, and deletes nothing, if the destination %s', async (_, fault) => {
  const before = backups.backups('proxied');
  const { succeeded, log } = await backUp(fault, IMPATIENT);
  expect([succeeded, log]).toEqual([false, expect.stringMatching(/Cannot |differ from the dump|Failed to copy/)]);
  expect(backups.backups('proxied')).toEqual(before);
});

test.each<[string, Fault]>([
  ['asks to slow down', first(3, answers(503, 'SlowDown'))],
  ['fails once', first(1, answers(500, 'InternalError', upload))],
  ['takes a second for each answer', isSlow],
])('a backup succeeds if the destination %s', async (_, fault) => {
  expect(await backUp(fault)).toMatchObject({ succeeded: true });
});

test('a backup fails if old ones cannot be deleted, and is complete', async () => {
  const before = backups.backups('proxied');
  const refusesDeletion = answers(403, 'AccessDenied', to(/^DELETE (?!.*partial)/));
  expect(await backUp(refusesDeletion, IMPATIENT)).toMatchObject({ succeeded: false });
  expect(backups.backups('proxied')).toEqual([...before, expect.any(String)]);
  expect(await backups.run('test-proxied')).toMatchObject({ succeeded: true });
  expect(await backups.run('test-proxied-trial')).toMatchObject({ succeeded: true });
});

test.each<[string, Fault]>([
  ['refuses the dump', answers(403, 'AccessDenied', to(/^GET .*database-0/))],
  ['refuses the proof', answers(403, 'AccessDenied', to(/^PUT .*proven/))],
])('a trial fails, and proves nothing, if the destination %s', async (_, fault) => {
  const proven = () => backups.remote('rclone lsf "$ROOT/proxied/proven"');
  const before = proven();
  expect(await backups.run('test-proxied')).toMatchObject({ succeeded: true });
  store.set(fault);
  expect(await backups.run('test-proxied-trial', IMPATIENT)).toMatchObject({ succeeded: false });
  expect(proven()).toBe(before);
});
