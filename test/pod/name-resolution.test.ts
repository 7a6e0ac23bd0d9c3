import { DnsPolicy } from 'cdk8s-plus-28';
import { expectRefusal } from './fixtures';
import { AppWorkloadProps } from '../../src';
import { podOf, synth, workload } from '../synth';

const alias = (ip: string, ...hostnames: string[]) => ({ ip, hostnames });

test('joins the host names of one address', () => {
  const hostAliases = [alias('10.0.0.7', 'a'), alias('10.0.0.8', 'b'), alias('10.0.0.7', 'c')];
  expect(podOf(synth(chart => workload(chart, { hostAliases }))).hostAliases).toEqual([
    alias('10.0.0.7', 'a', 'c'),
    alias('10.0.0.8', 'b'),
  ]);
});

test.each<[Partial<AppWorkloadProps>, string]>([
  [
    { hostAliases: [alias('10.0.0', 'a')] },
    "'10.0.0' in 'hostAliases[0]' is not an IP address. Use an address such as '10.0.0.7'.",
  ],
  [{ hostAliases: [alias('fe80::1%eth0', 'a')] }, "'fe80::1%eth0' in 'hostAliases[0]' is not an IP address."],
  [{ hostAliases: [alias('[fd00::1]', 'a')] }, "'[fd00::1]' in 'hostAliases[0]' is not an IP address."],
  [{ dns: { nameservers: ['::ffff:10.0.0.1'] } }, "'::ffff:10.0.0.1' in 'dns.nameservers' is not an IP address."],
  [{ dns: { nameservers: ['fe80::53%2'] } }, "'fe80::53%2' in 'dns.nameservers' is not an IP address."],
  [{ dns: { nameservers: ['10.0.0.1:53'] } }, "'10.0.0.1:53' in 'dns.nameservers' is not an IP address."],
  [{ hostAliases: [alias('10.0.0.7', 'a_b')] }, "Invalid name 'a_b' for 'hostAliases[0]'."],
  [
    { dns: { nameservers: ['dns'] } },
    "'dns' in 'dns.nameservers' is not an IP address. Use an address such as '10.0.0.7'.",
  ],
  [
    { dns: { nameservers: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] } },
    "'dns.nameservers' has 4 entries, but Kubernetes accepts 3. Remove the others.",
  ],
  [{ dns: { searches: ['a b'] } }, "Invalid name 'a b' for 'dns.searches'."],
  [
    { dns: { policy: DnsPolicy.NONE } },
    "'dns.policy' is 'None' without 'nameservers', so no name resolves. Set 'nameservers'.",
  ],
])('refuses %j', (props, message) => {
  expectRefusal(props, message);
});
