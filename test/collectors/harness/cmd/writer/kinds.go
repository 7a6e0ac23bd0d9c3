package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"cdk8s-storage-patterns/collectors-harness/internal/line"
)

var padding = strings.Repeat("x", 120)

// lineOf returns the line of a number, with its line break.
func lineOf(o *options, number int) ([]byte, error) {
	now := time.Now().UTC().Add(-time.Duration(o.ago) * time.Second)
	stamp := now.Format("2006-01-02T15:04:05.000Z")
	payload, end := payloadOf(o.kind, number), "\n"
	if o.kind == "special" && number%len(specials) == 0 {
		end = "\r\n"
	}
	whole := func(payload string) (string, error) {
		text := line.Text(o.writer, number, payload)
		switch o.kind {
		case "json":
			return jsonLine(stamp, number, text)
		case "logfmt":
			return fmt.Sprintf(`time=%s level=info msg="%s" n=%d`, stamp, text, number), nil
		case "traces-thread", "traces-json", "traces-logfmt":
			return firstLine(o.kind, stamp, number, text)
		default:
			return fmt.Sprintf("%s %s %s", stamp, level(number), text), nil
		}
	}
	text, err := whole(payload)
	if missing := o.size - len(text) - len(end); err == nil && missing > 0 {
		text, err = whole(payload + strings.Repeat("y", missing))
	}
	return []byte(text + end), err
}

// firstLine puts the first line of a text between fields. The other lines of the text follow.
func firstLine(kind, stamp string, number int, text string) (string, error) {
	first, lines, several := strings.Cut(text, "\n")
	switch kind {
	case "traces-json":
		encoded, err := json.Marshal(map[string]any{
			"time": stamp, "level": level(number), "message": first, "thread": "main", "n": number,
		})
		if err != nil {
			return "", err
		}
		first = string(encoded)
	case "traces-logfmt":
		first = fmt.Sprintf(`time=%s level=%s message="%s" thread=main`, stamp, level(number), first)
	default:
		first = fmt.Sprintf("%s %s %s [main]", stamp, level(number), first)
	}
	if several {
		first += "\n" + lines
	}
	return first, nil
}

func level(number int) string {
	return [...]string{"INFO", "DEBUG", "WARN", "ERROR"}[number%4]
}

func jsonLine(stamp string, number int, text string) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(struct {
		Time   string         `json:"time"`
		Level  string         `json:"level"`
		Msg    string         `json:"msg"`
		Number int            `json:"n"`
		Nested map[string]any `json:"nested"`
	}{stamp, level(number), text, number, map[string]any{"key": "value", "list": []int{1, 2}}})
	return strings.TrimSuffix(out.String(), "\n"), err
}

func payloadOf(kind string, number int) string {
	switch kind {
	case "traces", "traces-thread", "traces-json", "traces-logfmt":
		if number%3 == 0 {
			return "failed " + padding + "\n" + traces[number/3%len(traces)]
		}
	case "special":
		return specials[number%len(specials)]
	case "broken":
		return broken[number%len(broken)]
	case "poison":
		if number%500 == 250 {
			return "poison " + padding
		}
	}
	return "hello " + padding
}

// unusual texts without line breaks, within the maximum record size
var specials = []string{
	"a line that ends as on Windows",
	"unicode äöü 日本語 🚀 \u2028 end",
	`quotes " ' \ / ` + "` \t tab end",
	`variables ${HOME} $HOME $${x} {{ x }} %{y} #{z} %Y-%m-%d end`,
	"control \x00 \x01 \x1b[31m \x7f end",
	"   blanks at both ends   ",
	strings.Repeat("L", 100_000) + " end",
	strings.Repeat("é", 3_000) + " end",
	`json {"a":{"b":[1,2,{"c":null}]}} end`,
	`number 12345678901234567890123 1e400 end`,
	"<script>&amp;</script> 'end'",
	strings.Repeat("K", 900_000) + " end",
}

var broken = []string{
	"whole before and after",
	"broken \xff\xfe utf8 \xc3 end",
	"half of a surrogate pair \xed\xa0\x80 end",
	"latin1 gr\xfc\xdfe end",
	"a character that is cut off \xe6\x97",
	"whole äöü after",
}

// stack traces as languages print them, with empty lines and lines without indentation
var traces = []string{
	"java.lang.IllegalStateException: \"boom\" in C:\\temp" + strings.Repeat("\n\tat com.acme.A.b(A.java:1)", 8) +
		"\nCaused by: java.io.IOException: x\n\tat com.acme.C.d(C.java:22)\n\t... 12 more",
	"Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    f()\n\nValueError: bad",
	"panic: runtime error: index out of range [3]\n\ngoroutine 1 [running]:\n" +
		"main.main()\n\t/src/main.go:8 +0x1d\nexit status 2",
	"app.rb:1:in `f': bad (RuntimeError)\n\tfrom app.rb:4:in `<main>'",
	"System.InvalidOperationException: bad\n   at Acme.A.B() in /src/A.cs:line 3\n" +
		" --- End of stack trace ---\n   at Acme.C.D()",
	"TypeError: x is not a function\n    at f (/src/a.js:1:7)\n" +
		"    at Module._compile (node:internal/modules/cjs/loader:1554:14)",
}
