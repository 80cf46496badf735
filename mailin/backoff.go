package mailin

import "time"

// backoff is the pause before the next attempt after so many failures in a row, at least 1: it doubles from first to
// most, and chance, in [0, 1), takes up to half of it away, so that many clients do not come back at once.
func backoff(failures int, first, most time.Duration, chance float64) time.Duration {
	pause := first
	for range failures - 1 {
		if pause >= most {
			break
		}
		pause *= 2
	}
	pause = min(pause, most)
	return pause - time.Duration(chance*float64(pause)/2)
}
