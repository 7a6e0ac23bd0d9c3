/** A file: its name and its content. */
export type File = readonly [path: string, content: string | Buffer];

// made-up values, which are put together at run time so that scanners do not report this file
const ALPHABET = 'kT7wPz3QmXv9RbLd5YcHs2JfNg8Ae4Ut6';

/** Returns made-up characters. */
function made(length: number, alphabet = ALPHABET): string {
  return Array.from({ length }, (_, i) => alphabet[(i * 7 + length * 3) % alphabet.length]).join('');
}
const hex = (length: number) => made(length, '3a7f09c4e1b8d256');
const upper = (length: number) => made(length, 'QZ7XK4MB2TJ5WV3N');
const lower = (length: number) => made(length, 'kqzwvxjhbtmdcfgp');
const join = (...parts: string[]) => parts.join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const pem = (label: string) =>
  join('-----BEGIN ', label, '-----\n', made(64), '\n', made(40), '\n-----END ', label, '-----\n');
const PASSWORD = join('Tr0ub4', 'dor&3');
const bytes = (...head: number[]) => Buffer.from([...head, ...Buffer.from(made(60))]);

/** A made-up private key in PEM. */
export const PRIVATE_KEY = pem('PRIVATE KEY');
const UTF_16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(PRIVATE_KEY, 'utf16le')]);

/** Files that contain a credential, by its kind. */
export const CREDENTIALS: Readonly<Record<string, File>> = {
  // private keys
  'PKCS#8': ['f', PRIVATE_KEY],
  'PKCS#1': ['tls.key', pem('RSA PRIVATE KEY')],
  'SEC1': ['f', pem('EC PRIVATE KEY')],
  'OpenSSH': ['id_ed25519', pem('OPENSSH PRIVATE KEY')],
  'an encrypted key': ['f', pem('ENCRYPTED PRIVATE KEY')],
  'PGP': ['f.asc', pem('PGP PRIVATE KEY BLOCK')],
  'PuTTY': ['f.ppk', join('PuTTY-User-Key', '-File-3: ssh-ed25519\nPrivate-Lines: 1\n', made(48))],
  'PEM in JSON': ['account.json', JSON.stringify({ type: 'service_account', private_key: PRIVATE_KEY })],
  'PEM behind a certificate': ['f', pem('CERTIFICATE') + PRIVATE_KEY],
  'PEM in base64': ['f', base64(PRIVATE_KEY)],
  'PEM in UTF-16': ['f', UTF_16],
  'PEM in UTF-16, big-endian': ['f', Buffer.from(UTF_16).swap16()],
  'PEM as bytes': ['f', Buffer.from(PRIVATE_KEY)],
  'PEM with NUL': ['f', Buffer.concat([Buffer.from([0]), Buffer.from(PRIVATE_KEY)])],
  'PEM with NUL in a string': ['f', `\0\0${PRIVATE_KEY}`],
  'PKCS#8 in DER': ['f.der', bytes(0x30, 0x82, 0x04, 0xbd, 0x02, 0x01, 0x00)],
  'Ed25519 in DER': ['f', bytes(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05)],
  'SEC1 in DER': ['f', bytes(0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20)],
  'PKCS#12': ['f.p12', bytes(0x30, 0x82, 0x0a, 0x11, 0x02, 0x01, 0x03)],
  'PKCS#12 with a long header': ['f.pfx', bytes(0x30, 0x83, 0x01, 0x0a, 0x11, 0x02, 0x01, 0x03)],
  'JKS': ['f.jks', bytes(0xfe, 0xed, 0xfe, 0xed)],
  'JCEKS': ['f', bytes(0xce, 0xce, 0xce, 0xce)],
  'a keytab': ['krb5.keytab', bytes(0x05, 0x02, 0x00, 0x00)],
  'KeePass': ['f.kdbx', bytes(0x03, 0xd9, 0xa2, 0x9a)],
  'JWK': ['jwk.json', JSON.stringify({ kty: 'EC', crv: 'P-256', d: made(43) })],
  'age': ['f', join('AGE-SECRET', '-KEY-1', upper(58))],
  'WireGuard': ['wg0.conf', `[Interface]\nAddress = 10.0.0.1/24\nPrivateKey = ${made(43)}=\n`],
  // tokens
  'AWS, the id': ['f', join('AKIA', upper(16))],
  'AWS, a session': ['f', join('id: ASIA', upper(16))],
  'AWS, the secret': ['credentials', `[default]\naws_secret_access_key = ${made(40)}\n`],
  'AWS, a session token': ['credentials', `aws_session_token=${made(120)}\n`],
  'GitHub': ['f', join('ghp', '_', made(36))],
  'GitHub, fine-grained': ['f', join('github', '_pat_', made(82))],
  'GitHub, an app': ['f', join('ghs', '_', made(36))],
  'GitLab': ['f', join('glpat', '-', made(20))],
  'GitLab, a runner': ['f', join('glrt', '-', made(20))],
  'GitLab, a deploy token': ['f', join('gldt', '-', made(20))],
  'Slack, a bot': ['f', join('xoxb', '-123456789012-1234567890123-', made(24))],
  'Slack, an app': ['f', join('xapp', '-1-A0123456789-1234567890123-', hex(64))],
  'Slack, a webhook': ['f', join('https://hooks.', 'slack.com/services/T0123/B4567/', made(24))],
  'Google': ['f', join('AIza', made(35))],
  'Google, OAuth': ['f', join('GOCSPX', '-', made(28))],
  'Stripe': ['f', join('sk', '_live_', made(24))],
  'Stripe, a webhook': ['f', join('whsec', '_', made(32))],
  'npm': ['f', join('npm', '_', made(36))],
  'npm, a registry': ['.npmrc', `//registry.npmjs.org/:_authToken=${made(36)}\n`],
  'npm, basic': ['.npmrc', `_auth=${base64(`ci:${PASSWORD}`)}\n`],
  'PyPI': ['f', join('pypi', '-AgEIcHlwaS5vcmc', made(60))],
  'RubyGems': ['f', join('rubygems', '_', hex(48))],
  'OpenAI': ['f', join('sk', '-proj-', made(60))],
  'Anthropic': ['f', join('sk', '-ant-api03-', made(93), 'AA')],
  'Hugging Face': ['f', join('hf', '_', lower(34))],
  'SendGrid': ['f', join('SG', '.', made(22), '.', made(43))],
  'DigitalOcean': ['f', join('dop', '_v1_', hex(64))],
  'Shopify': ['f', join('shpat', '_', hex(32))],
  'Terraform': ['f', join(made(14), '.atlasv1.', made(64))],
  'Grafana': ['f', join('glsa', '_', made(32), '_', hex(8))],
  'Vault': ['f', join('hvs', '.', made(95))],
  'Databricks': ['f', join('dapi', hex(32))],
  'Docker Hub': ['f', join('dckr', '_pat_', made(27))],
  'Telegram': ['f', join('123456789:AA', made(33))],
  'Twilio': ['f', join('SK', hex(32))],
  'Azure, a client': ['f', join(made(3), '8Q~', made(34))],
  'a JSON Web Token': ['f', join('eyJhbGciOiJI', 'UzI1NiJ9.eyJzdWIiOiIx', 'MjM0In0.', made(43))],
  // URLs and connection strings
  'a URL of PostgreSQL': ['f', `url: postgres://app:${made(12)}@db:5432/shop`],
  'a URL of Redis without a user': ['f', `redis://:${made(12)}@cache:6379/0`],
  'a URL of AMQP': ['f', `amqps://svc:${made(12)}@mq/vhost`],
  'a URL of MongoDB': ['f', `mongodb+srv://app:${made(10)}%21@cluster0.mongodb.net/?retryWrites=true`],
  'a URL of git': ['f', `https://oauth2:${made(20)}@git.example.com/shop/api.git`],
  'SQL Server': ['f', `Server=db;Database=shop;User Id=sa;Password=${PASSWORD};Encrypt=true`],
  'JDBC': ['f', `jdbc:postgresql://db/shop?user=app&password=${made(12)}`],
  'JDBC of SQL Server': ['f', `jdbc:sqlserver://db:1433;databaseName=shop;user=app;password=${made(12)}`],
  'libpq': ['f', `host=db user=app password=${made(12)} dbname=shop`],
  'Azure Storage': ['f', `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${made(86)}==`],
  'Azure Service Bus': ['f', `Endpoint=sb://a.b.net/;SharedAccessKeyName=root;SharedAccessKey=${made(43)}=`],
  'Azure SAS': ['f', `https://a.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=${made(43)}%3D`],
  // settings
  'Spring, properties': ['application.properties', `spring.datasource.password=${PASSWORD}\n`],
  'Spring, YAML': ['application.yaml', `spring:\n  datasource:\n    password: ${PASSWORD}\n`],
  'Spring, JSON': ['application.json', JSON.stringify({ spring: { datasource: { password: PASSWORD } } }, null, 2)],
  'dotenv': ['f', `DB_HOST=db\nDB_PASSWORD=${PASSWORD}\n`],
  'dotenv, export': ['.env', `export DB_PASS='${PASSWORD}'\n`],
  'INI': ['my.cnf', `[client]\nuser=app\npassword=${PASSWORD}\n`],
  'TOML': ['f.toml', `[db]\npassword = "${PASSWORD}"\n`],
  'HCL': ['f.tfvars', `db_password = "${PASSWORD}"\n`],
  'XML, an element': ['settings.xml', `<server>\n  <password>${PASSWORD.replace('&', '')}</password>\n</server>`],
  'XML, an attribute': ['context.xml', `<Resource username="app" password="${made(12)}" />`],
  'kubeconfig, a token': ['config', `users:\n- name: a\n  user:\n    token: ${made(40)}\n`],
  'kubeconfig, a key': ['config', `users:\n- name: a\n  user:\n    client-key-data: ${base64(PRIVATE_KEY)}\n`],
  'Docker': ['config.json', JSON.stringify({ auths: { 'ghcr.io': { auth: base64(`bot:${PASSWORD}`) } } })],
  '.netrc': ['.netrc', `machine git.example.com login bot password ${made(12)}\n`],
  '.netrc on several lines': ['f', `machine git.example.com\n  login bot\n  password ${made(12)}\n`],
  '.pgpass': ['.pgpass', `db:5432:shop:app:${made(12)}\n`],
  'htpasswd': ['htpasswd', `admin:$apr1$${made(8)}$${made(22)}\n`],
  'htpasswd with bcrypt': ['f', `admin:$2y$05$${made(53)}\n`],
  'a header': ['f.conf', `proxy_set_header Authorization "Bearer ${made(32)}";`],
  'a header, basic': ['f', `Authorization: Basic ${base64(`bot:${PASSWORD}`)}`],
  'a header of a service': ['f.yaml', `headers:\n  X-Api-Key: ${made(32)}\n`],
  'Redis': ['redis.conf', `bind *\nrequirepass ${made(16)}\n`],
  'Redis, a user': ['users.acl', `user app on >${made(16)} ~* +@all\n`],
  'Kafka, JAAS': ['jaas.conf', `sasl.jaas.config=X required username="app" password="${made(12)}";`],
  'HAProxy': ['haproxy.cfg', `  stats auth admin:${made(12)}\n`],
  'Prometheus': ['prometheus.yml', `basic_auth:\n  username: a\n  password: ${made(12)}\n`],
  'Alertmanager': ['alertmanager.yml', `global:\n  smtp_auth_password: '${made(12)}'\n`],
  'SQL, PostgreSQL': ['init.sql', `CREATE ROLE report LOGIN PASSWORD '${made(12)}';`],
  'SQL, MySQL': ['init.sql', `CREATE USER 'a'@'%' IDENTIFIED BY '${made(12)}';`],
  'a script': ['init.sh', `#!/bin/sh\nPGPASSWORD=${made(12)} pg_dump shop > /backup/shop.sql\n`],
  'a script with an argument': ['init.sh', `#!/bin/sh\nmysqldump -uroot -p${made(12)} shop\n`],
  'a script with curl': ['f.sh', `curl -u bot:${made(12)} https://example.com\n`],
  'Rails': ['f', `secret_key_base: ${hex(64)}\n`],
  'Django': ['settings.py', `SECRET_KEY = "${made(50)}"\n`],
  'WordPress': ['wp-config.php', `define('x', 1); $auth_key = '${made(60)}';\n`],
};
