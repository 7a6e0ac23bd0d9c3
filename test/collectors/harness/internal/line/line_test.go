package line

import "testing"

func TestFindsWhatWasWritten(t *testing.T) {
	payloads := []string{"hello", "", "  blanks ", "äöü 日本語", "a\nb\n\nc", "x seq=b-9 sum=00000000 y"}
	for _, payload := range payloads {
		found, ok := Find([]byte("2026-01-31T00:00:00Z INFO " + Text("a", 12, payload)))
		whole := string(found.Payload) == payload && Sum(found.Payload) == found.Sum
		if !ok || found.Writer != "a" || found.Number != 12 || !whole {
			t.Errorf("%q: %+v", payload, found)
		}
	}
}

func TestTakesAnyReplacementOfBrokenBytes(t *testing.T) {
	want := Sum([]byte("a\xff\xfeb"))
	for _, same := range []string{"a\uFFFDb", "a\uFFFD\uFFFDb", "a\xffb"} {
		if Sum([]byte(same)) != want {
			t.Errorf("%q is another", same)
		}
	}
	for _, other := range []string{"ab", "a?b", "a\ue0ffb", "a\uFFFD", "\uFFFDb"} {
		if Sum([]byte(other)) == want {
			t.Errorf("%q is the same", other)
		}
	}
}

func TestPassesOverOtherText(t *testing.T) {
	for _, text := range []string{"", "hello", "seq=", "seq=a", "seq=a-", "seq=-1 sum=00000000 "} {
		if found, ok := Find([]byte(text)); ok {
			t.Errorf("%q: %+v", text, found)
		}
	}
}
