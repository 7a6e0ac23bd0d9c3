import jsii
from cdk8s_storage_patterns import IPodExtension, PodAdditions, PodMount, PodVolume


@jsii.implements(IPodExtension)
class Uploads:
    @property
    def id(self):
        return "uploads"

    def bind(self, scope, context):
        volume = PodVolume.from_claim_name("uploads")
        return PodAdditions(mounts=[PodMount(path="/srv/uploads", volume=volume)])
