import jsii
from cdk8s import Size
from cdk8s_storage_patterns import IPodExtension, PodAdditions, PodMount, PodVolume, SidecarContainer


@jsii.implements(IPodExtension)
class Cache:
    @property
    def id(self):
        return "cache"

    def bind(self, scope, context):
        volume = PodVolume.empty_dir("cache", size_limit=Size.gibibytes(1))
        return PodAdditions(
            mounts=[PodMount(path="/var/cache/api", volume=volume)],
            sidecars=[SidecarContainer(
                name="cache-warmer",
                image="ghcr.io/acme/warmer:2.0.1",
                args=["--app", context.workload_name],
                mounts=[PodMount(path="/cache", volume=volume)],
            )],
        )
