package main

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	patterns "github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

func main() {
	defer jsii.Close()

	app := cdk8s.NewApp(nil)
	patterns.KubernetesVersion_SetMinimum(app, patterns.KubernetesVersion_V1_31())
	patterns.SafetyRules_Of(app).Add(&Owned{})
	chart := cdk8s.NewChart(app, jsii.String("shop"), &cdk8s.ChartProps{
		Namespace: jsii.String("shop"),
		Labels:    &map[string]*string{"team": jsii.String("shop")},
	})

	orders := patterns.NewStatefulDatabase(chart, jsii.String("orders"), &patterns.StatefulDatabaseProps{
		Engine: patterns.DatabaseEngine_Postgres(&patterns.PostgresEngineOptions{
			Version: patterns.PostgresVersion_V17(),
		}),
		Storage:     patterns.DatabaseStorage_Provisioned(cdk8s.Size_Gibibytes(jsii.Number(20)), nil),
		Memory:      cdk8s.Size_Gibibytes(jsii.Number(1)),
		Credentials: patterns.DatabaseCredentials_FromGeneratedSecret(nil),
		Settings:    &map[string]*string{"log_min_duration_statement": jsii.String("500ms")},
	})
	stock := patterns.NewExternalDatabase(chart, jsii.String("stock"), &patterns.ExternalDatabaseProps{
		Engine: patterns.DatabaseEngine_Mysql(&patterns.MysqlEngineOptions{Version: patterns.MysqlVersion_V8_4()}),
		Address: patterns.DatabaseAddress_Host(jsii.String("stock.example.com"), &patterns.DatabaseHostOptions{
			Cidrs: &[]*string{jsii.String("10.20.0.0/16")},
		}),
		Credentials:   patterns.DatabaseCredentials_FromSecret(patterns.SecretSource_FromName(jsii.String("stock-db")), nil),
		CaCertificate: patterns.CaCertificate_FromConfigMapName(jsii.String("stock-ca"), nil),
	})

	tls := patterns.SecretSource_FromName(jsii.String("api-tls"))
	api := patterns.NewConfiguredApp(chart, jsii.String("api"), &patterns.ConfiguredAppProps{
		Image:           jsii.String("ghcr.io/acme/api:1.4.2"),
		Replicas:        jsii.Number(3),
		Port:            jsii.Number(8080),
		HealthCheck:     patterns.HealthCheck_Http(jsii.String("/ready"), nil),
		ShutdownTimeout: cdk8s.Duration_Seconds(jsii.Number(20)),
		Env:             &map[string]kplus.EnvValue{"GREETING": kplus.EnvValue_FromValue(jsii.String("Grüß Gott"))},
		Config: patterns.NewConfigFiles(&patterns.ConfigFilesProps{
			MountPath: jsii.String("/srv/api/config"),
			Sources: &[]patterns.ConfigSource{
				patterns.ConfigSource_FromDirectory(jsii.String("config"), nil),
				patterns.ConfigSource_Yaml(jsii.String("application.yaml"), map[string]interface{}{
					"server":     map[string]interface{}{"port": 8080, "tls": false},
					"currencies": []interface{}{"EUR", "CHF"},
					"fee":        0.25,
				}, nil),
				patterns.ConfigSource_Text(jsii.String("motd.txt"), jsii.String("Willkommen!\n"), &patterns.ConfigFileOptions{
					Mode: jsii.Number(0o444),
				}),
				patterns.ConfigSource_FromSecret(tls, &patterns.ExistingSourceOptions{
					Rollout: patterns.ExistingRollout_Reloader(),
					Items:   &[]*patterns.KeyToPath{{Key: jsii.String("tls.key"), Path: jsii.String("tls/key.pem")}},
				}),
			},
		}),
		Waivers: &[]patterns.Waiver{
			patterns.Waiver_ReadOnlyRootFilesystem(jsii.String("writes its licence file beside the binary")),
			patterns.Waiver_NoServiceAccountToken(jsii.String("reads its own Service")),
			patterns.Waiver_Of(jsii.String("acme-owner-label"), jsii.String("a demo without an owner")),
		},
	})
	api.Add(patterns.NewLogShipping(&patterns.LogShippingProps{
		Directory: jsii.String("/var/log/api"),
		Collector: patterns.LogCollector_OpenTelemetry(nil),
		Format:    patterns.LogFormat_Json(nil),
		Rotation: patterns.LogRotation_ByApp(&patterns.AppLogRotationOptions{
			MaxFileSize: cdk8s.Size_Mebibytes(jsii.Number(20)),
			MaxFiles:    jsii.Number(5),
		}),
		Sinks: &[]patterns.LogSink{patterns.LogSink_Otlp(&patterns.UrlLogSinkOptions{
			Url: jsii.String("https://otlp.example.com"),
			Auth: patterns.LogAuth_Bearer(&patterns.TokenAuthOptions{
				Secret: patterns.SecretSource_FromName(jsii.String("otlp")),
			}),
		})},
	}))
	api.Add(patterns.EnvironmentVariables_FromMap(&map[string]*string{"LOG_LEVEL": jsii.String("info")}, nil))
	api.Add(orders.Client(nil))
	api.Add(stock.Client(nil))
	api.Add(&Cache{})
	api.Add(&Uploads{})
	payments := kplus.NetworkPolicyIpBlock_Ipv4(chart, jsii.String("payments"), jsii.String("10.30.0.0/16"), nil)
	api.AllowTo(payments, jsii.Number(443))
	api.Service().ExposeViaIngress(jsii.String("/"), nil)

	fmt.Print(*app.SynthYaml())
	fmt.Print(*patterns.SafetyAudit_Run(app, nil).ToJson())
}
