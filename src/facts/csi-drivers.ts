/**
 * The CSI drivers that write the files of a volume themselves, such as Secrets, certificates and sockets. A claim does
 * not exist for them.
 */
export const IDENTITY_DRIVERS: readonly string[] = [
  'csi.cert-manager.io',
  'csi.spiffe.io',
  'image.csi.k8s.io',
  'secrets-store.csi.k8s.io',
  'spiffe.csi.cert-manager.io',
];
