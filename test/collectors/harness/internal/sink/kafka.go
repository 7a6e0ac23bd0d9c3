package sink

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"time"

	"cdk8s-storage-patterns/collectors-harness/internal/account"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

const topic = "logs"

// brokerErrors are the errors of a broker that correspond to statuses.
var brokerErrors = map[int]*kerr.Error{
	400: kerr.InvalidRecord, 401: kerr.TopicAuthorizationFailed, 404: kerr.UnknownTopicOrPartition,
	413: kerr.MessageTooLarge, 500: kerr.KafkaStorageError, 503: kerr.NotEnoughReplicas,
}

func (s *Sink) serveKafka(certificate *tls.Config) error {
	s.gate.Pause = s.pause
	options := []kfake.Opt{
		kfake.NumBrokers(1), kfake.Ports(s.Port), kfake.SeedTopics(1, topic),
		kfake.BrokerConfigs(map[string]string{"message.max.bytes": "1048588"}),
		kfake.ListenFn(func(string, string) (net.Listener, error) {
			if s.Auth.Password == "" {
				return s.listener(certificate), nil
			}
			return oldHandshakes{s.listener(certificate)}, nil
		}),
	}
	client := []kgo.Opt{
		kgo.SeedBrokers(fmt.Sprintf("127.0.0.1:%d", s.Port)), kgo.ConsumeTopics(topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.RetryBackoffFn(func(int) time.Duration { return 200 * time.Millisecond }),
		kgo.MetadataMinAge(100 * time.Millisecond),
	}
	if certificate != nil {
		client = append(client, kgo.DialTLSConfig(&tls.Config{InsecureSkipVerify: true}))
	}
	if s.Auth.Password != "" {
		options = append(options, kfake.EnableSASL(), kfake.Superuser(scramMethod, s.Auth.Username, s.Auth.Password))
		client = append(client, kgo.SASL(scram.Auth{User: s.Auth.Username, Pass: s.Auth.Password}.AsSha512Mechanism()))
	}
	cluster, err := kfake.NewCluster(options...)
	if err != nil {
		return err
	}
	cluster.ControlKey(int16(kmsg.Produce), func(asked kmsg.Request) (kmsg.Response, error, bool) {
		cluster.KeepControl()
		return s.produced(asked.(*kmsg.ProduceRequest))
	})
	consumer, err := kgo.NewClient(client...)
	if err == nil {
		go s.consume(consumer)
	}
	return err
}

// pause blocks reading from connections while the sink hangs.
func (s *Sink) pause() {
	for {
		mode, delay, changed := s.current()
		if mode != "hang" {
			time.Sleep(delay)
			return
		}
		<-changed
	}
}

// produced responds instead of the broker if the mode requires it.
func (s *Sink) produced(asked *kmsg.ProduceRequest) (kmsg.Response, error, bool) {
	mode, _, _ := s.current()
	code, refused := status(mode)
	if !refused {
		s.Account.Request("produced", "")
		return nil, nil, false
	}
	s.Account.Request(fmt.Sprint(code), "")
	said := brokerErrors[code]
	if said == nil {
		said = kerr.RequestTimedOut
	}
	answer := asked.ResponseKind().(*kmsg.ProduceResponse)
	if final(code) && !said.Retriable {
		s.Account.Refuse(s.producedRecords(asked))
	}
	for _, one := range asked.Topics {
		of := kmsg.NewProduceResponseTopic()
		of.Topic, of.TopicID = one.Topic, one.TopicID
		for _, partition := range one.Partitions {
			said := said.Code
			failed := kmsg.NewProduceResponseTopicPartition()
			failed.Partition, failed.ErrorCode = partition.Partition, said
			of.Partitions = append(of.Partitions, failed)
		}
		answer.Topics = append(answer.Topics, of)
	}
	return answer, nil, true
}

// producedRecords returns the records of a request that the broker rejects.
func (s *Sink) producedRecords(asked *kmsg.ProduceRequest) (records []account.Record) {
	for _, one := range asked.Topics {
		for _, partition := range one.Partitions {
			batches := kmsg.FetchResponseTopicPartition{RecordBatches: partition.Records}
			options := kgo.ProcessFetchPartitionOpts{Topic: one.Topic}
			read, _ := kgo.ProcessFetchPartition(options, &batches, kgo.DefaultDecompressor(), nil)
			for _, record := range read.Records {
				of, _ := s.jsonRecord(record.Value)
				records = append(records, of)
			}
		}
	}
	return records
}

func (s *Sink) consume(consumer *kgo.Client) {
	for {
		fetched := consumer.PollFetches(context.Background())
		var records []account.Record
		fetched.EachRecord(func(one *kgo.Record) {
			record, _ := s.jsonRecord(one.Value)
			record.Context = map[string]any{"key": string(one.Key), "timestamp": one.Timestamp.UnixMilli()}
			records = append(records, record)
		})
		s.Account.Take(records)
	}
}
