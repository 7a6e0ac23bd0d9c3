import jsii
from cdk8s_plus_28 import PersistentVolumeAccessMode
from cdk8s_storage_patterns import IPodExtension, PodAdditions, PodMount, PodVolume


@jsii.implements(IPodExtension)
class Uploads:
    @property
    def id(self):
        return "uploads"

    def bind(self, scope, context):
        volume = PodVolume.from_claim_name(
            "uploads", access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY
        )
        return PodAdditions(mounts=[PodMount(path="/srv/uploads", volume=volume)])
