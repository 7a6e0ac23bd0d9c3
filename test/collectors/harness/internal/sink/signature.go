package sink

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// signed returns whether a request is signed with the access key of the sink (AWS Signature Version 4).
func (s *Sink) signed(r *http.Request, body []byte) bool {
	scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if scheme != "AWS4-HMAC-SHA256" {
		return false
	}
	part := map[string]string{}
	for _, one := range strings.Split(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(one), "=")
		part[name] = value
	}
	id, scope, _ := strings.Cut(part["Credential"], "/")
	of := strings.Split(scope, "/")
	if id != s.Auth.AccessKeyID || len(of) != 4 {
		return false
	}
	hashed := r.Header.Get("X-Amz-Content-Sha256")
	if hashed == "" {
		hashed = digest(body)
	}
	var headers strings.Builder
	for _, name := range strings.Split(part["SignedHeaders"], ";") {
		value := strings.Join(r.Header.Values(name), ",")
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = length(r)
		}
		headers.WriteString(name + ":" + strings.Join(strings.Fields(value), " ") + "\n")
	}
	canonical := strings.Join([]string{
		r.Method, r.URL.EscapedPath(), canonicalQuery(r.URL.Query()), headers.String(), part["SignedHeaders"], hashed,
	}, "\n")
	text := strings.Join([]string{scheme, r.Header.Get("X-Amz-Date"), scope, digest([]byte(canonical))}, "\n")
	key := []byte("AWS4" + s.Auth.SecretAccessKey)
	for _, one := range of {
		key = keyed(key, one)
	}
	return same(hex.EncodeToString(keyed(key, text)), part["Signature"])
}

func length(r *http.Request) string {
	if r.ContentLength < 0 {
		return ""
	}
	return strconv.FormatInt(r.ContentLength, 10)
}

func canonicalQuery(query url.Values) string {
	var all []string
	for name, values := range query {
		for _, value := range values {
			all = append(all, escape(name)+"="+escape(value))
		}
	}
	sort.Strings(all)
	return strings.Join(all, "&")
}

func escape(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

func digest(of []byte) string {
	sum := sha256.Sum256(of)
	return hex.EncodeToString(sum[:])
}

func keyed(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
