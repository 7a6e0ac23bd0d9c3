// Command pod-security-admission checks the pods of manifests with the admission plugin of Kubernetes, at a level of
// its latest version, which is "restricted" by default. It writes a line of JSON for each finding, and exits with 1 if
// there are any.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/pod-security-admission/admission"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

type finding struct {
	Object  string `json:"object"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

func main() {
	level := flag.String("level", string(api.LevelRestricted), "the level: baseline or restricted")
	flag.Parse()
	findings, err := evaluate(api.Level(*level), flag.Args())
	for _, found := range findings {
		if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
			panic(err)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if len(findings) > 0 {
		os.Exit(1)
	}
}

func evaluate(level api.Level, files []string) (findings []finding, err error) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		objects, err := read(file)
		if err != nil {
			return findings, fmt.Errorf("%s: %w", file, err)
		}
		for _, object := range objects {
			metadata, pod, err := admission.DefaultPodSpecExtractor{}.ExtractPodSpec(object)
			if err != nil || pod == nil {
				continue // a kind without pods
			}
			name, err := meta.NewAccessor().Name(object)
			if err != nil {
				return findings, err
			}
			checked := api.LevelVersion{Level: level, Version: api.LatestVersion()}
			for _, result := range evaluator.EvaluatePod(checked, metadata, pod) {
				if !result.Allowed {
					kind := object.GetObjectKind().GroupVersionKind().Kind
					findings = append(findings, finding{kind + "/" + name, result.ForbiddenReason, result.ForbiddenDetail})
				}
			}
		}
	}
	return findings, nil
}

// read decodes the objects of a file whose kinds Kubernetes knows.
func read(file string) (objects []runtime.Object, err error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	decoder := yaml.NewYAMLOrJSONDecoder(opened, 4096)
	for {
		var raw runtime.RawExtension
		if err := decoder.Decode(&raw); errors.Is(err, io.EOF) {
			return objects, nil
		} else if err != nil {
			return nil, err
		}
		object, _, err := scheme.Codecs.UniversalDeserializer().Decode(raw.Raw, nil, nil)
		if runtime.IsNotRegisteredError(err) {
			continue
		} else if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
}
