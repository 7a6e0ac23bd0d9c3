import * as fc from 'fast-check';

// a clone passes or fails for its code, not for its luck; PROPERTY_SEED looks elsewhere
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20) });
