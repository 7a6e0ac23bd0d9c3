package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func TestThePagesAreMountedFromAnImmutableConfigMap(t *testing.T) {
	chart := NewAppChart(cdk8s.Testing_App(nil), "{{name}}")
	for _, object := range *cdk8s.Testing_Synth(chart) {
		pages := object.(map[string]interface{})
		if pages["kind"] != "ConfigMap" {
			continue
		}
		if pages["immutable"] != true || !strings.Contains(fmt.Sprint(pages["data"]), "{{name}} works") {
			t.Errorf("The ConfigMap has no pages: %v", pages)
		}
		return
	}
	t.Error("The chart has no ConfigMap.")
}
