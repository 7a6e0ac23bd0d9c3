import { randomBytes } from 'crypto';
import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { eventually, TestNamespace } from './cluster';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  HealthCheck,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
  StatefulDatabaseProps,
  AppWorkload,
} from '../../src';

export const CREDENTIALS = DatabaseCredentials.fromSecret(SecretSource.fromName('database'));

/** The node of a test is small and shared. A limit would slow down the measurements. */
export const LITTLE_CPU = { request: Cpu.millis(20) };

/** Creates a Secret with a password that a shell, a URL and a configuration file must escape. */
export function createSecret(namespace: TestNamespace): void {
  const password = `${randomBytes(9).toString('hex')}"s\\w rd$1'@/`;
  namespace.applyObjects([
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'database' }, stringData: { password } },
  ]);
}

export function postgres(chart: Chart, id: string, props: Partial<StatefulDatabaseProps> = {}): StatefulDatabase {
  return new StatefulDatabase(chart, id, {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    storage: DatabaseStorage.provisioned(Size.gibibytes(4)),
    memory: Size.gibibytes(1),
    credentials: CREDENTIALS,
    cpu: LITTLE_CPU,
    ...props,
  });
}

/** Creates a client of databases that has the programs of PostgreSQL. */
export function clientOf(chart: Chart, id: string, ...databases: StatefulDatabase[]): AppWorkload {
  const client = new AppWorkload(chart, id, {
    image: 'docker.io/library/postgres:17.11-trixie',
    command: ['sleep', 'infinity'],
    replicas: 1,
    healthCheck: HealthCheck.command(['true']),
    shutdownTimeout: Duration.seconds(1),
    resources: { cpu: LITTLE_CPU },
  });
  databases.forEach(database => client.add(database.client()));
  return client;
}

/** A connection of a client pod to a database, by the prefix of its variables. */
export class Session {
  constructor(
    private readonly namespace: TestNamespace,
    private readonly client: string,
    private readonly prefix: string,
  ) {}

  public sql(statement: string): string {
    return this.namespace.kubectl(...this.run('psql', '-v', 'ON_ERROR_STOP=1', '-Atqc', statement)).trim();
  }

  public pgbench(...args: string[]): string {
    return this.namespace.kubectl(...this.run('pgbench', ...args));
  }

  /** Returns the output, also if connections break. */
  public pgbenchAsync(...args: string[]): Promise<string> {
    return this.namespace.kubectlAsync(...this.run('bash', '-c', 'pgbench "$@" 2>&1 || true', 'run', ...args));
  }

  /** Runs a shell script with the programs of PostgreSQL. */
  public shell(script: string): Promise<string> {
    return this.namespace.kubectlAsync(...this.run('bash', '-c', script));
  }

  /** Waits until the server answers. */
  public answers(timeoutSeconds = 120): Promise<void> {
    return eventually(
      `${this.prefix} answers`,
      () => {
        try {
          return this.sql('select 1') === '1';
        } catch {
          return false;
        }
      },
      timeoutSeconds,
    );
  }

  private run(program: string, ...args: string[]): string[] {
    const script = ['HOST', 'PORT', 'USER', 'PASSWORD', 'DATABASE']
      .map(name => `export PG${name}="$${this.prefix}_${name}"`)
      .join('; ');
    return [
      'exec',
      `deploy/${this.client}`,
      '-c',
      'app',
      '--',
      'bash',
      '-c',
      `${script}; export PGCONNECT_TIMEOUT=3; PATH=$PATH:/usr/lib/postgresql/17/bin; "$@"`,
      'run',
      program,
      ...args,
    ];
  }
}
