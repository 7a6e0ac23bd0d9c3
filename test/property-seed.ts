import * as fc from 'fast-check';

// a fixed seed, so that the result depends on the code only; PROPERTY_SEED tries other programs
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20) });
