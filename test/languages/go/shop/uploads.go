package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
	patterns "github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns"
)

type Uploads struct {
	// jsii identifies objects by address, and Go can give empty structs the same address
	_ byte
}

func (Uploads) Id() *string {
	return jsii.String("uploads")
}

func (Uploads) Bind(scope constructs.Construct, context *patterns.PodExtensionContext) *patterns.PodAdditions {
	volume := patterns.PodVolume_FromClaimName(jsii.String("uploads"), &patterns.ExistingClaimVolumeOptions{
		AccessMode: kplus.PersistentVolumeAccessMode_READ_WRITE_MANY,
	})
	return &patterns.PodAdditions{
		Mounts: &[]*patterns.PodMount{{Path: jsii.String("/srv/uploads"), Volume: volume}},
	}
}
