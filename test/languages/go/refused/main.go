package main

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	patterns "github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func main() {
	defer jsii.Close()
	defer func() { fmt.Println(recover()) }()

	chart := cdk8s.NewChart(cdk8s.NewApp(nil), jsii.String("shop"), nil)
	patterns.NewAppWorkload(chart, jsii.String("api"), &patterns.AppWorkloadProps{
		Image: jsii.String("ghcr.io/acme/api"),
		Port:  jsii.Number(8080),
	})
}
