package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	patterns "github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

type Cache struct {
	// jsii identifies objects by address, and Go can give empty structs the same address
	_ byte
}

func (Cache) Id() *string {
	return jsii.String("cache")
}

func (Cache) Bind(scope constructs.Construct, context *patterns.PodExtensionContext) *patterns.PodAdditions {
	volume := patterns.PodVolume_EmptyDir(jsii.String("cache"), &patterns.EmptyDirOptions{
		SizeLimit: cdk8s.Size_Gibibytes(jsii.Number(1)),
	})
	return &patterns.PodAdditions{
		Mounts: &[]*patterns.PodMount{{Path: jsii.String("/var/cache/api"), Volume: volume}},
		Sidecars: &[]*patterns.SidecarContainer{{
			Name:   jsii.String("cache-warmer"),
			Image:  jsii.String("ghcr.io/acme/warmer:2.0.1"),
			Args:   &[]*string{jsii.String("--app"), context.WorkloadName},
			Mounts: &[]*patterns.PodMount{{Path: jsii.String("/cache"), Volume: volume}},
		}},
	}
}
