package account

import (
	"fmt"
	"time"

	"cdk8s-storage-patterns/collectors-harness/internal/line"
)

// Range is the range of numbers that a writer has written.
type Range struct {
	Writer      string
	First, Last int
}

// Report compares the received records with the written lines.
type Report struct {
	Received int `json:"received"`
	Distinct int `json:"distinct"`
	Doubled  int `json:"doubled"`
	Damaged  int `json:"damaged"`
	// LineEnds counts records that end with a line break that the line does not contain.
	LineEnds int `json:"lineEnds"`
	// Foreign counts records without a number: pieces of a line, or other lines.
	Foreign int `json:"foreign"`
	Lost    int `json:"lost"`
	// LostRefused counts lost lines in requests that the sink has rejected for good.
	LostRefused int            `json:"lostRefused"`
	LostSample  []string       `json:"lostSample"`
	FirstAt     int64          `json:"firstAt"`
	LastAt      int64          `json:"lastAt"`
	Requests    map[string]int `json:"requests"`
	Notes       map[string]int `json:"notes"`
	Auth        map[string]int `json:"auth"`
}

// Report compares the received records with the written ranges.
func (a *Account) Report(written []Range) Report {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	report := Report{
		Received: a.received, LineEnds: a.lineEnds, Foreign: a.foreign,
		FirstAt: milliseconds(a.firstAt), LastAt: milliseconds(a.lastAt), LostSample: []string{},
		Requests: copied(a.requests), Notes: copied(a.notes), Auth: copied(a.auth),
	}
	for _, counts := range a.writers {
		for _, one := range counts {
			if one.taken > 0 {
				report.Distinct++
				report.Doubled += int(one.taken) - 1
			}
			if one.damaged {
				report.Damaged++
			}
		}
	}
	for _, one := range written {
		report.missing(one, a.writers[one.Writer])
	}
	return report
}

func (r *Report) missing(written Range, counts []count) {
	from := -1
	end := func(to int) {
		if from >= 0 && len(r.LostSample) < 20 {
			r.LostSample = append(r.LostSample, fmt.Sprintf("%s-%d..%d", written.Writer, from, to))
		}
		from = -1
	}
	for number := written.First; number <= written.Last; number++ {
		if number < len(counts) && counts[number].taken > 0 {
			end(number - 1)
			continue
		}
		r.Lost++
		if number < len(counts) && counts[number].refused {
			r.LostRefused++
		}
		if from < 0 {
			from = number
		}
	}
	end(written.Last)
}

// Samples returns the first records, and records that are damaged or have no number.
func (a *Account) Samples() map[string][]Sample {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return map[string][]Sample{"records": append([]Sample{}, a.samples...), "odd": append([]Sample{}, a.odd...)}
}

func seq(found line.Found) string {
	return fmt.Sprintf("%s-%d", found.Writer, found.Number)
}

func milliseconds(moment time.Time) int64 {
	if moment.IsZero() {
		return 0
	}
	return moment.UnixMilli()
}

func copied(counts map[string]int) map[string]int {
	all := make(map[string]int, len(counts))
	for key, value := range counts {
		all[key] = value
	}
	return all
}
