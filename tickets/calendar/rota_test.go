package calendar

import (
	"testing"
	"time"
)

func TestRota(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	r := NewRota(3, time.Date(2023, 11, 13, 0, 0, 0, 0, shanghai), 9*time.Hour, shanghai)
	for at, want := range map[string]int{
		"2023-11-13 09:00": 0, "2023-11-15 10:00": 0, "2023-11-19 23:59": 0, "2023-11-20 08:59": 0,
		"2023-11-20 09:00": 1, "2023-11-27 09:00": 2, "2023-12-04 08:59": 2, "2023-12-04 09:00": 0,
		"2023-11-13 08:59": 2, "2023-11-06 08:59": 1, "2024-11-13 12:00": 1,
	} {
		instant, err := time.ParseInLocation("2006-01-02 15:04", at, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Turn(instant.UTC()); got != want {
			t.Errorf("%s: turn %d, want %d", at, got, want)
		}
	}
	midweek := NewRota(2, time.Date(2023, 11, 15, 0, 0, 0, 0, shanghai), 9*time.Hour, shanghai)
	if got := midweek.Turn(time.Date(2023, 11, 14, 12, 0, 0, 0, shanghai)); got != 0 {
		t.Errorf("the week of the start is turn %d", got)
	}
}

// The turn ends at the wall clock's hour also where the clocks change in between, and each instant belongs to one turn.
func TestTurnsMeet(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	r := NewRota(4, time.Date(2023, 1, 2, 0, 0, 0, 0, berlin), 8*time.Hour+30*time.Minute, berlin)
	at := time.Date(2023, 3, 20, 12, 0, 0, 0, berlin)
	for range 60 {
		end := r.Ends(at)
		if local := end.In(berlin); local.Weekday() != time.Monday || local.Hour() != 8 || local.Minute() != 30 || !end.After(at) {
			t.Fatalf("the turn at %v ends at %v", at, local)
		}
		if before, after := r.Turn(end.Add(-time.Nanosecond)), r.Turn(end); before != r.Turn(at) || after != (before+1)%4 {
			t.Errorf("at %v: turn %d, then %d", end, before, after)
		}
		at = end
	}
}
