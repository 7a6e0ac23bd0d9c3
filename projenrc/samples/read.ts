import { join } from 'path';
import * as ts from 'typescript';
import { ASSEMBLIES, OWN_PACKAGE, root } from './assemblies';
import { Reader } from './reader';
import { Sample } from './syntax';

/** The imports and variables that a sample without imports assumes. */
function prelude(): string {
  const exported = Object.values<any>(ASSEMBLIES.get(OWN_PACKAGE).types).map(({ name }) => name);
  return `import { ApiObject, App, Chart, Cron, Duration, Include, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ${exported.join(', ')} } from '${OWN_PACKAGE}';
declare const app: App;
declare const chart: Chart;
declare const api: AppWorkload;
declare const orders: StatefulDatabase;
// placeholders in prose
declare const peer: kplus.INetworkPolicyPeer;
declare const port: number;
declare const reason: string;
`;
}

/**
 * Reads TypeScript samples, all of them in one program, because the compiler takes seconds to start.
 *
 * @param sources the code by place
 * @throws for code that does not compile, or that has no translation
 */
export function readSamples(sources: ReadonlyMap<string, string>): Sample[] {
  const files = new Map(
    [...sources].map(([place, code], i) => {
      const complete = /^import /m.test(code);
      const content = complete ? code : `${prelude()}\n{\n${code}}\nexport {};\n`;
      return [join(root, 'test', `sample-${i}.ts`), { place, complete, content }];
    }),
  );
  const program = compile(new Map([...files].map(([file, { content }]) => [file, content])));
  return [...files].map(([file, { place, complete }]) => {
    const source = program.getSourceFile(file)!;
    for (const { messageText, start } of [
      ...program.getSemanticDiagnostics(source),
      ...program.getSyntacticDiagnostics(source),
    ]) {
      const excerpt = source.text.slice(start, start! + 40);
      throw new Error(`${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')} At '${excerpt}'.`);
    }
    return new Reader(program.getTypeChecker(), source, place, complete).sample();
  });
}

/** The files of the library and its dependencies, which all programs share. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** A program of files that exist in memory only. */
function compile(files: ReadonlyMap<string, string>): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'test', 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, join(root, 'test'));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = file => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const content = files.get(file);
    if (content !== undefined) {
      return ts.createSourceFile(file, content, ts.ScriptTarget.ES2022, true);
    }
    if (!parsed.has(file)) {
      parsed.set(file, getSourceFile.call(host, file, ...rest));
    }
    return parsed.get(file);
  };
  return ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false, noUnusedParameters: false }, host);
}
