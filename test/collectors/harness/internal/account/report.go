package account

import (
	"fmt"
	"time"

	"cdk8s-storage-patterns/collectors-harness/internal/line"
)

// Range is what a writer has written: its numbers from first to last.
type Range struct {
	Writer      string
	First, Last int
}

// Report is what a sink has received, beside what was written.
type Report struct {
	Received int `json:"received"`
	Distinct int `json:"distinct"`
	Doubled  int `json:"doubled"`
	Damaged  int `json:"damaged"`
	// LineEnds are records with a line break at their end that the line has not.
	LineEnds int `json:"lineEnds"`
	// Foreign are records without a number: pieces of a line, or lines of others.
	Foreign int `json:"foreign"`
	Lost    int `json:"lost"`
	// LostRefused are those of the lost that were in a request that the sink has refused for good.
	LostRefused int            `json:"lostRefused"`
	LostSample  []string       `json:"lostSample"`
	FirstAt     int64          `json:"firstAt"`
	LastAt      int64          `json:"lastAt"`
	Requests    map[string]int `json:"requests"`
	Notes       map[string]int `json:"notes"`
	Auth        map[string]int `json:"auth"`
}

// Report compares what has come with what was written.
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

// Samples are the first records, and those that were damaged or had no number.
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
