/** A rule of a user, in a module for `--load-rules`. */
module.exports = [
  {
    definition: {
      id: 'acme-named-volumes',
      summary: 'Volumes are named after their app',
      rationale: 'Other names collide',
      severity: 'warning',
      yamlFix: 'Prefix the name',
    },
    check: resources =>
      resources.flatMap(resource =>
        (resource.manifest.spec.volumes ?? []).flatMap(({ name }, i) =>
          name.startsWith('acme-')
            ? []
            : [{ resource, jsonPointer: `/spec/volumes/${i}/name`, message: `Volume '${name}' has no prefix` }],
        ),
      ),
  },
];
