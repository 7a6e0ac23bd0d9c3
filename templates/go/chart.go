package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	patterns "github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func NewAppChart(scope constructs.Construct, id string) cdk8s.Chart {
	chart := cdk8s.NewChart(scope, jsii.String(id), nil)

	patterns.NewConfiguredApp(chart, jsii.String("web"), &patterns.ConfiguredAppProps{
		Image:       jsii.String("docker.io/nginxinc/nginx-unprivileged:1.29.3-alpine"),
		Port:        jsii.Number(8080),
		HealthCheck: patterns.HealthCheck_Http(jsii.String("/"), nil),
		Config: patterns.ConfigFiles_FromDirectory(jsii.String("site"), &patterns.ConfigDirectoryOptions{
			MountPath: jsii.String("/usr/share/nginx/html"),
		}),
	})
	return chart
}
