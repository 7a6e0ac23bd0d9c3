// loads the sources as TypeScript, in the processes that run the tests
process.env.TSX_TSCONFIG_PATH = new URL('tsconfig.json', import.meta.url).pathname;
await import('tsx');
delete process.env.TSX_TSCONFIG_PATH;
