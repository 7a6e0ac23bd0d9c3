package account

import (
	"reflect"
	"strings"
	"testing"

	"cdk8s-storage-patterns/collectors-harness/internal/line"
)

func records(fields ...string) (all []Record) {
	for _, field := range fields {
		all = append(all, Record{Field: []byte(field), Raw: []byte(field)})
	}
	return all
}

func TestCountsWhatBecameOfEachLine(t *testing.T) {
	account := New(1)
	account.Take(records(line.Text("a", 1, "one"), line.Text("a", 2, "two"), line.Text("a", 2, "two")))
	changed := strings.Replace(line.Text("a", 4, "four"), "four", "for", 1)
	account.Take(records(line.Text("a", 3, "three")+"\n", changed, "other"))
	account.Refuse(records(line.Text("a", 5, "five"), line.Text("a", 1, "one")))
	got := account.Report([]Range{{Writer: "a", First: 1, Last: 7}})
	want := Report{
		Received: 6, Distinct: 4, Doubled: 1, Damaged: 1, LineEnds: 1, Foreign: 1, Lost: 3, LostRefused: 1,
		LostSample: []string{"a-5..7"}, FirstAt: got.FirstAt, LastAt: got.LastAt,
		Requests: map[string]int{}, Notes: map[string]int{}, Auth: map[string]int{},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\n%+v", got, want)
	}
	samples := account.Samples()
	if len(samples["records"]) != 1 || len(samples["odd"]) != 2 {
		t.Errorf("%+v", samples)
	}
}
