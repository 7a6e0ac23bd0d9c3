import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ConfigFiles, ConfigFilesProps, ConfigSource, ConfiguredApp, Waiver } from '../../src';
import { APP, synth } from '../synth';

export function configured(props: ConfigFilesProps, waivers?: Waiver[]): any[] {
  return synth(chart => new ConfiguredApp(chart, 'app', { ...APP, config: new ConfigFiles(props), waivers }));
}

export const text = ConfigSource.text('app.conf', 'a = 1\n');

export function expectRefusal(props: ConfigFilesProps, error: string): void {
  expect(() => configured(props)).toThrow(`[test/app/${new ConfigFiles(props).id}] ${error}`);
}

export const fileProps = (name: string, content: string, options = {}): ConfigFilesProps => ({
  sources: [ConfigSource.text(name, content, options)],
});

/** Creates a local directory with these files. A content that starts with `->` creates a link. */
export function directory(files: Record<string, string | Buffer>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'config-'));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    if (typeof content === 'string' && content.startsWith('->')) {
      fs.symlinkSync(content.slice(2), path.join(root, name));
    } else {
      fs.writeFileSync(path.join(root, name), content);
    }
  }
  return root;
}
