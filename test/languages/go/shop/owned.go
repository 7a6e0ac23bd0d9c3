package main

import (
	"github.com/aws/jsii-runtime-go"
	patterns "github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns"
)

type Owned struct {
	// jsii identifies objects by address, and Go can give empty structs the same address
	_ byte
}

func (Owned) Definition() *patterns.SafetyRule {
	return &patterns.SafetyRule{
		Id:        jsii.String("acme-owner-label"),
		Summary:   jsii.String("Every Deployment names the team that owns it."),
		Rationale: jsii.String("Alerts of a Deployment without an owner reach no team."),
		Severity:  patterns.SafetySeverity_ERROR,
		YamlFix:   jsii.String("Set the label 'owner'."),
	}
}

func (Owned) Check(resources *[]*patterns.SafetyResource) *[]*patterns.SafetyProblem {
	problems := []*patterns.SafetyProblem{}
	for _, resource := range *resources {
		if *resource.Kind == "Deployment" && !isOwned(resource) {
			problems = append(problems, &patterns.SafetyProblem{
				Resource:    resource,
				JsonPointer: jsii.String("/metadata/labels"),
				Message:     jsii.String("The Deployment has no owner label."),
			})
		}
	}
	return &problems
}

func isOwned(resource *patterns.SafetyResource) bool {
	metadata := resource.Manifest.(map[string]interface{})["metadata"].(map[string]interface{})
	labels, _ := metadata["labels"].(map[string]interface{})
	return labels["owner"] != nil
}
