import * as fc from 'fast-check';
import { hostile, mostly, name, optional, secret } from './values';
import { CaCertificate } from '../../../src';

const cidr = mostly(
  fc.constantFrom('10.1.0.0/16', '2001:db8::/32'),
  fc.oneof(hostile, fc.constantFrom('10.0.0.0/33', '10.0.0.0', '::/129')),
);

/** CIDR blocks of a server outside the cluster. */
export const cidrs = fc.array(cidr, { maxLength: 2 });

const certificateOptions = optional({ key: name });

/** The certificate of the authority of a server. */
export const caCertificate = fc.oneof(
  fc.tuple(name, certificateOptions).map(([map, options]) => CaCertificate.fromConfigMapName(map, options)),
  fc.tuple(secret, certificateOptions).map(args => CaCertificate.fromSecret(...args)),
);
