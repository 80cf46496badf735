package ops

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Metrics counts what the desk does. Its methods may be called from several goroutines.
type Metrics struct {
	registry *prometheus.Registry
	mails    *prometheus.CounterVec
	intake   prometheus.Histogram
	outbox   *prometheus.CounterVec

	mu     sync.Mutex
	queued int
	oldest time.Time
}

// Result is what an attempt to send came to.
type Result string

// The results of an attempt.
const (
	Sent     Result = "sent"     // the server took it
	Deferred Result = "deferred" // it is tried again
	Failed   Result = "failed"   // it is not
)

// NewMetrics starts all counters at zero. The states of health's parts are among the gauges.
func NewMetrics(health *Health, version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		mails: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "maildesk_mails_total", Help: "Mails that were taken in and committed.",
		}, []string{"source", "verdict"}),
		intake: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "maildesk_intake_seconds", Help: "From the server's word that there is a mail to its commit.",
			Buckets: []float64{.005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30, 60},
		}),
		outbox: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "maildesk_outbox_total", Help: "Attempts to send a mail.",
		}, []string{"result"}),
	}
	for _, result := range []Result{Sent, Deferred, Failed} {
		m.outbox.WithLabelValues(string(result)) // there from the start, so that a rate has a beginning
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "maildesk_build_info", Help: "Always 1.", ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	m.registry.MustRegister(m.mails, m.intake, m.outbox, build, queueCollector{m, health.now}, partCollector{health},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Mail counts a committed mail by where it came from and what became of it.
func (m *Metrics) Mail(source, verdict string) { m.mails.WithLabelValues(source, verdict).Inc() }

// Intake notes how long a mail took from the server's word to its commit.
func (m *Metrics) Intake(took time.Duration) { m.intake.Observe(took.Seconds()) }

// Outbox counts an attempt to send.
func (m *Metrics) Outbox(result Result) { m.outbox.WithLabelValues(string(result)).Inc() }

// Queue notes how many mails wait to be sent, and since when the oldest does (zero when none).
func (m *Metrics) Queue(waiting int, oldest time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.queued, m.oldest = waiting, oldest
}

var (
	queuedDesc = prometheus.NewDesc("maildesk_outbox_queued", "Mails that wait to be sent.", nil, nil)
	oldestDesc = prometheus.NewDesc("maildesk_outbox_oldest_seconds", "For how long the oldest of them has waited.", nil, nil)
	redDesc    = prometheus.NewDesc("maildesk_part_red", "1 while a part of the desk does not work.", []string{"part"}, nil)
	workedDesc = prometheus.NewDesc("maildesk_part_worked_timestamp_seconds", "When a part last worked.", []string{"part"}, nil)
)

// queueCollector gives the queue's age as it is when it is asked for.
type queueCollector struct {
	metrics *Metrics
	now     func() time.Time
}

func (c queueCollector) Describe(descs chan<- *prometheus.Desc) {
	descs <- queuedDesc
	descs <- oldestDesc
}

func (c queueCollector) Collect(out chan<- prometheus.Metric) {
	c.metrics.mu.Lock()
	waiting, oldest := c.metrics.queued, c.metrics.oldest
	c.metrics.mu.Unlock()
	age := 0.0
	if !oldest.IsZero() {
		age = c.now().Sub(oldest).Seconds()
	}
	out <- prometheus.MustNewConstMetric(queuedDesc, prometheus.GaugeValue, float64(waiting))
	out <- prometheus.MustNewConstMetric(oldestDesc, prometheus.GaugeValue, age)
}

// partCollector gives the states of the parts as they are when they are asked for.
type partCollector struct{ health *Health }

func (c partCollector) Describe(descs chan<- *prometheus.Desc) {
	descs <- redDesc
	descs <- workedDesc
}

func (c partCollector) Collect(out chan<- prometheus.Metric) {
	for _, s := range c.health.statuses() {
		red := 0.0
		if s.red {
			red = 1
		}
		out <- prometheus.MustNewConstMetric(redDesc, prometheus.GaugeValue, red, s.name)
		if !s.success.IsZero() {
			out <- prometheus.MustNewConstMetric(workedDesc, prometheus.GaugeValue, float64(s.success.Unix()), s.name)
		}
	}
}
